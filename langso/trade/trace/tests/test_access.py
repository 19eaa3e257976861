from collections.abc import Mapping
from uuid import UUID, uuid4

from django.core.cache import cache

from langso.kernel import clock
from langso.kernel.access.actors import NOBODY, system
from langso.kernel.access.scope import commune_scope
from langso.kernel.ids import public_code
from langso.kernel.journal.events import from_body
from langso.kernel.journal.models import Entry
from langso.trade.products.testing import make_product
from langso.trade.trace import services
from langso.trade.trace.events import LotIssued
from langso.trade.trace.testing import code_of, make_lot
from tests.access_table import Row, access_test
from tests.cast import HOME, Cast


def things(cast: Cast) -> Mapping[str, object]:
    """Lots of the cooperative, issued, recorded and held, one of An's household, and a report."""
    cache.clear()
    product = make_product(organisation_id=cast.cooperative)
    issued, recorded, beside, held = (
        make_lot(organisation_id=cast.cooperative, product_id=product, issued=number == 0) for number in range(4)
    )
    own = make_lot(household_id=cast.household)
    return {
        "product": product,
        "lot": issued,
        "code": code_of(issued),
        "recorded": recorded,
        "hidden": code_of(recorded),
        "beside": beside,
        "held": held,
        "hold": services.hold_lot(cast.actor("khanh"), lot_id=held, reason="Chờ kết quả"),
        "own": own,
        "report": services.report_suspicion(NOBODY.in_commune(HOME), code="KV7P2M9X4T3", account="Chữ mờ"),
        "today": clock.today().isoformat(),
        "copied": make_copy("09999"),
    }


def make_copy(commune: str) -> UUID:
    """A lot of a commune that is at home elsewhere: the cooperative's issued one under another code."""
    told = Entry.objects.filter(kind="trade.trace.lot_issued.v1")[0].body["lot"]
    told = {**told, "lot_id": str(uuid4()), "code": public_code(), "commune": commune}
    fact = from_body("trade.trace.lot_issued.v1", {"lot": told})
    assert isinstance(fact, LotIssued)
    with commune_scope(commune):
        services.keep_lot_copy(system(commune), facts=fact.lot, told=told, told_at=clock.now(), issued=True)
    return fact.lot.lot_id


def rows(url: str, method: str = "GET", body: Mapping[str, str] | None = None, **expected: int) -> tuple[Row, ...]:
    return tuple(Row(who, method, url, status, body or {}) for who, status in expected.items())


WHY = {"reason": "Có lý do"}
PACKS = {
    "packed_date": "{today}", "pack_unit": "BAG", "content": "1", "content_unit": "KG", "count": "5",
}  # fmt: skip
MADE = {
    "kind": "DRY", "done_date": "{today}", "product_0": "{product}", "quantity_0": "1", "unit_0": "KG",
}  # fmt: skip
LOT = {"product": "{product}", "quantity": "5", "unit": "KG", "produced_date": "{today}"}
LABELS = {"paper": "A4_24", "count": "3", "start": "1"}
MANAGES = {"khanh": 403, "dung": 403, "giang": 403, "an": 404, "lan": 404, "minh": 404, "nobody": 302}
TABLE = (
    *rows("/lot/{code}/record/", nobody=200, an=200, dung=200, lan=200, minh=200),
    *rows("/lot/{hidden}/record/", nobody=404, dung=404, ha=404),
    *rows("/lot/", nobody=200, an=200, lan=200),
    *rows("/lot/{code}", nobody=200, an=200, lan=200, minh=200),
    *rows("/lot/{code}/", nobody=301),
    *rows("/lot/{hidden}", nobody=404, ha=404),
    *rows("/api/lots", nobody=200, an=200),
    *rows("/api/lots/{code}", nobody=200),
    *rows("/api/lots/{hidden}", nobody=404),
    *rows("/trace/suspicions/new/", nobody=200, an=200),
    *rows("/trace/suspicions/new/", "POST", {"account": "Nhãn lạ"}, nobody=302, an=302, lan=302),
    *rows("/trace/suspicions/", dung=200, ha=200, lan=200, an=403, khanh=403, minh=403, nobody=302),
    *rows("/trace/suspicions/{report}/", dung=200, ha=200, an=403, khanh=403, lan=404, nobody=302),
    *rows("/trace/suspicions/{report}/", "POST", {"outcome": "FAKE"}, dung=302, ha=302, an=403, lan=404, nobody=302),
    *rows("/trace/lots/", ha=200, khanh=200, dung=200, giang=200, an=200, lan=200, minh=403, nobody=302),
    *rows("/trace/lots/new/", ha=200, an=200, minh=403, nobody=302),
    *rows("/trace/lots/new/", "POST", LOT, ha=302, an=422, khanh=422, lan=422, minh=403, nobody=302),
    *rows("/trace/lots/{lot}/", ha=200, khanh=200, dung=200, giang=200, an=404, chi=404, lan=404, minh=404, nobody=302),
    *rows("/trace/lots/{own}/", an=200, binh=200, dung=200, giang=200, chi=404, ha=404, lan=404, nobody=302),
    *rows("/trace/lots/{recorded}/product/", "POST", {"product": "{product}"}, ha=302, **MANAGES),
    *rows("/trace/lots/{recorded}/issue/", "POST", ha=302, **MANAGES),
    *rows("/trace/lots/{held}/issue/", "POST", ha=409),
    *rows("/trace/lots/{recorded}/packing/", ha=200, **MANAGES),
    *rows("/trace/lots/{recorded}/packing/", "POST", PACKS, ha=302, **MANAGES),
    *rows("/trace/lots/{lot}/parts/", ha=200, **MANAGES),
    *rows("/trace/lots/{lot}/parts/", "POST", {"part_1": "2", "done_date": "{today}"}, ha=302, **MANAGES),
    *rows("/trace/lots/{lot}/merging/", ha=200, **MANAGES),
    *rows(
        "/trace/lots/{lot}/merging/", "POST",
        {"done_date": "{today}"}, ha=422, **MANAGES,
    ),
    *rows("/trace/lots/{lot}/processing/", ha=200, **MANAGES),
    *rows("/trace/lots/{lot}/processing/", "POST", MADE, ha=422, **MANAGES),
    *rows("/trace/lots/{lot}/labels/", ha=200, **MANAGES),
    *rows("/trace/lots/{lot}/labels/", "POST", LABELS, ha=200, **MANAGES),
    *rows("/trace/lots/{own}/labels/", "POST", LABELS, an=200, binh=200, dung=403, ha=404),
    *rows("/trace/lots/{lot}/hold/", ha=200, khanh=200, dung=200, giang=403, an=404, lan=404, minh=404, nobody=302),
    *rows("/trace/lots/{lot}/hold/", "POST", WHY, ha=302, khanh=302, dung=302, giang=403, an=404, lan=404, nobody=302),
    *rows("/trace/lots/{held}/holds/{hold}/release/", ha=200, khanh=200, dung=403, giang=403, an=404, nobody=302),
    *rows("/trace/lots/{held}/holds/{hold}/release/", "POST", WHY, ha=302, khanh=302, dung=403, an=404, nobody=302),
    *rows("/trace/lots/{lot}/withdrawal/", ha=200, **MANAGES),
    *rows("/trace/lots/{lot}/withdrawal/", "POST", WHY, ha=302, **MANAGES),
    *rows("/trace/lots/{lot}/sale-end/", "POST", ha=302, **MANAGES),
    *rows("/trace/copies/", minh=200, ha=403, dung=403, lan=403, an=403, oanh=403, nobody=302),
    *rows("/trace/copies/{copied}/", minh=200, ha=403, dung=403, lan=403, nobody=302),
    *rows("/trace/copies/{lot}/", minh=404),
    *rows("/trace/copies/{copied}/", "POST", WHY, minh=302, dung=403, lan=403, nobody=302),
)  # fmt: skip

test_access = access_test(TABLE, things)
