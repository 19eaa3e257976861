"""Entries that come before what they speak of wait, visibly and not for ever."""

from collections.abc import Iterator

import pytest

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.journal import backlog, reading
from langso.kernel.journal.backlog import ParentMissing
from langso.kernel.journal.events import event
from langso.kernel.journal.listeners import LISTENERS, Heard, Listener
from langso.kernel.journal.queries import parked_cards, waiting_cards, waiting_count
from langso.kernel.journal.services import emit, writing

pytestmark = pytest.mark.django_db

TOLD = "kernel.journal.tests.told_of_family.v1"


@event()
class ToldOfFamily:
    text: str


@pytest.fixture(autouse=True)
def listeners() -> Iterator[None]:
    known = dict(LISTENERS)
    LISTENERS.clear()
    yield
    LISTENERS.clear()
    LISTENERS.update(known)


def tell(*texts: str) -> None:
    with writing():
        for text in texts:
            emit(system("03390"), ToldOfFamily(text=text))


def read_to_the_end() -> None:
    while reading.read_all():
        pass


def test_an_entry_that_comes_before_its_parent_waits_and_is_heard_after_it() -> None:
    heard: list[str] = []

    def child_needs_parent(entry: Heard[ToldOfFamily]) -> None:
        if entry.fact.text.startswith("child") and "parent" not in heard:
            raise ParentMissing("told:parent")
        heard.append(entry.fact.text)

    LISTENERS["tests.family"] = Listener("tests.family", (TOLD,), child_needs_parent)
    tell("a", "child 1", "b", "child 2")
    read_to_the_end()
    assert list(dict.fromkeys(heard)) == ["a", "b"]
    assert [(card.waits_for, card.position) for card in waiting_cards()] == [("told:parent", 2), ("told:parent", 4)]
    assert (waiting_count(), parked_cards()) == (2, [])
    tell("parent")
    read_to_the_end()
    assert list(dict.fromkeys(heard)) == ["a", "b", "parent", "child 1", "child 2"]
    assert waiting_count() == 0


def test_the_backlog_has_an_end_in_time_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "MOST", 1)

    def orphan(entry: Heard[ToldOfFamily]) -> None:
        if entry.fact.text != "other":
            raise ParentMissing("told:never")

    LISTENERS["tests.orphan"] = Listener("tests.orphan", (TOLD,), orphan)
    tell("1", "2")
    read_to_the_end()
    assert waiting_count() == 1
    assert ["full" in card.error for card in parked_cards()] == [True]
    with clock.set_to(clock.now() + backlog.LONGEST):
        tell("other")
        read_to_the_end()
    assert waiting_count() == 0
    assert len(parked_cards()) == 2
    assert "5 days" in parked_cards()[-1].error
