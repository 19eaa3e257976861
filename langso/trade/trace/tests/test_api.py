"""Open data: the list of issued lots, page by page, and each card."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel import clock
from langso.kernel.access.scope import commune_scope
from langso.kernel.ids import new_id, public_code
from langso.trade.products.testing import make_certificate, make_product
from langso.trade.trace import services
from langso.trade.trace.queries import BadCursor
from langso.trade.trace.queries.public import read_cursor, write_cursor
from langso.trade.trace.rules.printing import grouped
from langso.trade.trace.testing import code_of, make_lot
from tests.cast import ELSEWHERE, Cast

db = pytest.mark.django_db


def get(cast: Cast, address: str, status: int = 200) -> Any:
    answer = cast.client("nobody").get(address)
    assert answer.status_code == status, answer.content
    return answer.json()


@db
def test_the_list_is_read_page_by_page_and_each_lot_once(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    codes = [code_of(make_lot(organisation_id=cast.cooperative, product_id=product_id)) for _ in range(7)]
    make_lot(organisation_id=cast.cooperative, product_id=product_id, issued=False)
    read, address = list[str](), "/api/lots?limit=3"
    while address:
        found = get(cast, address)
        assert len(found["items"]) <= 3
        read += [item["code"] for item in found["items"]]
        address = found["next"]
    assert read == codes


@db
def test_lots_of_all_communes_or_of_one(cast: Cast) -> None:
    here = code_of(make_lot(organisation_id=cast.cooperative))
    with commune_scope(ELSEWHERE):
        there = code_of(make_lot(organisation_id=cast.other_office))
    assert {item["code"] for item in get(cast, "/api/lots")["items"]} == {here, there}
    (item,) = get(cast, f"/api/lots?commune={ELSEWHERE}")["items"]
    assert item["code"] == there


@db
def test_withdrawn_lots_stand_in_a_list_of_their_own(cast: Cast) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative)
    services.withdraw_lot(cast.actor("ha"), lot_id=lot_id, reason="Hở")
    assert get(cast, "/api/lots")["items"] == []
    (item,) = get(cast, "/api/lots?state=WITHDRAWN")["items"]
    assert (item["code"], item["state"]) == (code_of(lot_id), "WITHDRAWN")


@db
def test_the_card_holds_what_the_page_shows(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative, name="Miến dong", name_en="Noodles", brand="Bình Lư")
    make_certificate(product_id=product_id, kind="VIETGAP", valid_until=clock.today() - timedelta(days=1))
    lot_id = make_lot(organisation_id=cast.cooperative, product_id=product_id, packed=True)
    services.hold_lot(cast.actor("ha"), lot_id=lot_id, reason="Chờ")
    card = get(cast, f"/api/lots/{grouped(code_of(lot_id)).lower()}")
    assert card["product"] == {"vi": "Miến dong", "en": "Noodles"}
    assert card["quantity"] == {"value": "100", "unit": "KG"}
    assert card["packs"] == {"count": 200, "unit": "BAG", "content": {"value": "500", "unit": "G"}}
    assert card["held"] is True
    assert card["keeper"] == "Hợp tác xã miến dong"
    (paper,) = card["certificates"]
    assert (paper["then"], paper["now"]) == ("VALID", "EXPIRED")
    assert card["url"].endswith(f"/lot/{card['code']}")


@db
def test_unknown_and_mistyped_codes_are_404_in_the_common_shape(cast: Cast) -> None:
    for code in (public_code(), "KV7P2M9X4T9", "x", "0" * 300):
        assert set(get(cast, f"/api/lots/{code}", 404)["error"]) == {"code", "message", "fields"}


@db
@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=x", "after=!!", "after=AAAA", "after=" + "x" * 300, "state=HELD", "commune=1"],
)
def test_wrong_questions_are_422_in_the_common_shape(cast: Cast, query: str) -> None:
    assert set(get(cast, f"/api/lots?{query}", 422)["error"]) == {"code", "message", "fields"}


@given(st.text(max_size=80))
def test_no_cursor_of_others_is_an_error_of_ours(cursor: str) -> None:
    with suppress(BadCursor):
        read_cursor(cursor)


def test_a_cursor_is_read_back() -> None:
    moment, last = clock.now(), new_id()
    assert read_cursor(write_cursor(moment, last)) == (moment, last)
