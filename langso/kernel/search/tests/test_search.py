"""The index through its services and queries, on the database's own full-text search."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from langso.kernel.access.scope import NoCommuneOpen, commune_scope, every_commune
from langso.kernel.ids import new_id
from langso.kernel.search import queries, services
from langso.kernel.search.services import Document

pytestmark = pytest.mark.django_db

KIND = "people.person"


def put(text: str, kind: str = KIND) -> UUID:
    object_id = new_id()
    services.put(kind=kind, object_id=object_id, text=text)
    return object_id


def found(typed: str, kind: str = KIND) -> set[UUID]:
    return set(queries.matching(kind=kind, typed=typed))


def test_found_without_diacritics_by_beginnings_in_any_order() -> None:
    duc, dung = put("Đặng Đình Đức 0912345678"), put("Lò Văn Dũng 0987654321")
    for typed in ("dang duc", "ĐỨC đặng", "duc  D", "Ða\u0323\u0306ng", "d d d", "0912", "d 0912", "dinh"):
        assert found(typed) >= {duc}, typed
    assert found("d") == {duc, dung}
    assert found("du 09") == {duc, dung}
    assert found("van dung") == {dung}
    assert found("ang") == set()
    assert found("van duc") == set()


def test_putting_again_replaces_and_removing_removes() -> None:
    hoa = put("Lò Thị Hoa")
    assert found("hoa") == {hoa}
    services.put(kind=KIND, object_id=hoa, text="Lò Thị Huệ")
    assert found("hoa") == set()
    assert found("hue") == found("lo") == {hoa}
    services.remove(kind=KIND, object_id=hoa)
    assert found("hue") == found("lo") == found("") == set()
    services.remove(kind=KIND, object_id=hoa)


def test_many_at_once_the_last_text_counts() -> None:
    ids = [new_id() for _ in range(2500)]
    services.put_many(kind=KIND, documents=[Document(object_id, "Lò Thị Cũ") for object_id in ids])
    services.put_many(
        kind=KIND,
        documents=[Document(object_id, f"Lò Văn Mới so{number}") for number, object_id in enumerate(ids)]
        + [Document(ids[0], "Cuối")],
    )
    assert found("cu") == {ids[0]} == found("cuoi")
    assert found("moi lo") == set(ids[1:])
    assert found("so2499") == {ids[2499]}
    services.remove_many(kind=KIND, object_ids=ids[:2400])
    assert found("moi") == set(ids[2400:])


def test_kinds_and_communes_do_not_see_each_other() -> None:
    here, product = put("Miến Bình"), put("Miến dong Bình Lư", kind="products.product")
    with commune_scope("03405"):
        there = put("Miến Đông")
        assert found("mien") == {there}
        services.put(kind=KIND, object_id=here, text="Of another commune")
        services.remove(kind=KIND, object_id=product)
    assert found("mien") == {here}
    assert found("mien", kind="products.product") == {product}
    with commune_scope("03405"):
        services.remove(kind=KIND, object_id=here)
    assert found("mien") == found("") == {here}


def test_no_commune_open_no_answer() -> None:
    with every_commune("this test shows that it is refused"), pytest.raises(NoCommuneOpen):
        found("mien")


def test_nothing_typed_matches_all_of_the_kind() -> None:
    both = {put("Lò"), put("")}
    assert found("") == found(" .'\"*") == both


HOSTILE = [
    "NEAR(lo van)",
    'lo" OR "1"="1',
    "lo* OR van*",
    "words:lo",
    "-lo",
    "lo NOT van",
    "lo & !van | (x",
    "lo'); DROP TABLE search_searchdocument; --",
    "\\",
    "%",
    "lo:*",
    "\0lo\0",
    "^lo",
    "{words}: lo",
    "\ud800",
    "лò",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=ascii)
def test_typed_operators_are_only_words(typed: str) -> None:
    put("Lò Văn Ần")
    assert len(found(typed)) <= 1
    assert found("lo") != set()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=50), typed=st.text(max_size=50))
def test_whatever_is_stored_and_typed_is_harmless(text: str, typed: str) -> None:
    object_id = put(text)
    assert object_id in found(text)
    assert found(typed) <= found("")


@pytest.mark.parametrize("typed", ["lo " * 5000, "x" * 10_000, "'" * 10_000, "\0" * 10_000, "ẫ" * 10_000])
def test_ten_thousand_characters_are_harmless(typed: str) -> None:
    object_id = put(typed)
    assert object_id in found(typed)
