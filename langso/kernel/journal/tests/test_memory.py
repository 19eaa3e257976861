"""What is kept while the journal stands still, and not a moment longer."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from langso.kernel.access.actors import system
from langso.kernel.ids import new_id
from langso.kernel.journal import memory
from langso.kernel.journal.facts import BodyErased
from langso.kernel.journal.memory import each_while_unmoved, while_unmoved
from langso.kernel.journal.services import emit, writing
from tests.cast import HOME


@dataclass
class Counter:
    times: int = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    memory._kept.clear()
    yield
    memory._kept.clear()


def write() -> None:
    with writing():
        emit(system(HOME), BodyErased(entry_id=new_id()))


@pytest.mark.django_db(transaction=True)
def test_a_value_is_kept_until_something_is_written() -> None:
    make = Counter()
    assert [while_unmoved("key", make) for _ in range(3)] == [1, 1, 1]
    write()
    assert [while_unmoved("key", make) for _ in range(2)] == [2, 2]
    assert while_unmoved(("key", "en"), make) == 3


@pytest.mark.django_db(transaction=True)
def test_what_is_written_while_a_value_is_made_makes_it_old() -> None:
    make = Counter()

    def made_meanwhile() -> int:
        write()
        return make()

    assert while_unmoved("key", made_meanwhile) == 1
    assert while_unmoved("key", make) == 2


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nothing_is_kept() -> None:
    make = Counter()
    with transaction.atomic():
        assert [while_unmoved("key", make) for _ in range(2)] == [1, 2]
    assert while_unmoved("key", make) == 3


@pytest.mark.django_db(transaction=True)
def test_the_oldest_goes_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_KEPT", 2)
    for key in ("a", "b", "c"):
        while_unmoved(key, Counter())
    assert list(memory._kept) == ["b", "c"]


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_within_another_value_goes_by_the_same_look_at_the_head(  # type: ignore[no-untyped-def]
    django_assert_num_queries,
) -> None:
    write()
    shared = Counter()
    with django_assert_num_queries(2):
        assert while_unmoved("one", lambda: while_unmoved("shared", shared)) == 1
        assert while_unmoved("two", lambda: while_unmoved("shared", shared)) == 1
    write()
    assert while_unmoved("one", lambda: while_unmoved("shared", shared)) == 2


@pytest.mark.django_db(transaction=True)
def test_of_several_values_only_the_missing_are_made_and_together() -> None:
    asked: list[list[str]] = []

    def make(names: list[str]) -> dict[str, str]:
        asked.append(names)
        return {name: name.upper() for name in names if name != "nobody"}

    def keys(*names: str) -> dict[str, tuple[str, str]]:
        return {name: ("story", name) for name in names}

    assert each_while_unmoved(keys("a", "b"), make) == {"a": "A", "b": "B"}
    assert each_while_unmoved(keys("a", "b", "c", "nobody"), make) == {"a": "A", "b": "B", "c": "C"}
    assert each_while_unmoved(keys("a", "c"), make) == {"a": "A", "c": "C"}
    assert asked == [["a", "b"], ["c", "nobody"]]
