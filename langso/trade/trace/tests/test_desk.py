"""The keeper's desk in a browser's way: forms, lists, and the PDF that comes out."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings

from langso.kernel import clock
from langso.kernel.units import Unit
from langso.trade.products.services import PackDescription
from langso.trade.products.testing import make_product
from langso.trade.trace import services
from langso.trade.trace.desk import work_queues
from langso.trade.trace.models import Lot, Transformation
from langso.trade.trace.queries import lot_card
from langso.trade.trace.rules.printing import grouped
from langso.trade.trace.testing import code_of, make_lot
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(cast: Cast) -> UUID:
    return make_product(organisation_id=cast.cooperative, name="Miến dong Bình Lư")


@pytest.fixture
def lot(cast: Cast, product: UUID) -> UUID:
    return make_lot(organisation_id=cast.cooperative, product_id=product, quantity=50, packed=True)


def post(cast: Cast, address: str, **body: Any) -> Any:
    return cast.client("ha").post(address, {"done_date": clock.today().isoformat(), **body})


def test_the_printed_code_leads_to_the_page(cast: Cast, lot: UUID) -> None:
    """From the form to the sheet, from the sheet's picture to the address, from the address to the page."""
    answer = post(cast, f"/trace/lots/{lot}/labels/", paper="A4_24", count="30", start="3")
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    images = [page.render(scale=203 / 72).to_pil().convert("L") for page in document]
    read = [found.text for image in images for found in zxingcpp.read_barcodes(image)]
    assert read == [f"{settings.PUBLIC_URL}/lot/{code_of(lot)}"] * 30
    address = read[0].removeprefix(settings.PUBLIC_URL)
    assert grouped(code_of(lot)) in cast.client("nobody").get(address).content.decode()


def test_prints_are_listed_and_a_reprint_is_marked(cast: Cast, lot: UUID) -> None:
    address = f"/trace/lots/{lot}/labels/"
    post(cast, address, paper="ROLL_50X30", count="105")
    refused = post(cast, address, paper="ROLL_50X30", count="10")
    assert refused.status_code == 422
    assert "Hãy ghi vì sao cần thêm" in refused.content.decode()
    assert post(cast, address, paper="ROLL_50X30", count="10", reprint_reason="Máy kẹt giấy").status_code == 200
    html = cast.client("ha").get(address).content.decode()
    assert "Máy kẹt giấy" in html
    assert html.count("Lý Thị Hà") >= 2
    assert html.count("In lại") == 1


def test_a_start_place_means_nothing_on_a_roll(cast: Cast, lot: UUID) -> None:
    answer = post(cast, f"/trace/lots/{lot}/labels/", paper="ROLL_50X30", count="2", start="7")
    assert len(pypdfium2.PdfDocument(answer.content)) == 2


def test_splitting_merging_and_processing_through_the_forms(cast: Cast, product: UUID) -> None:
    first, second = (make_lot(organisation_id=cast.cooperative, product_id=product, issued=False) for _ in range(2))
    assert post(cast, f"/trace/lots/{first}/parts/", part_1="10", part_2="12,5").status_code == 302
    assert lot_card(lot_id=first).available == Decimal("77.5")
    merged = post(cast, f"/trace/lots/{first}/merging/", **{f"take_{first}": "77,5", f"take_{second}": "22.5"})
    new = UUID(merged["Location"].split("/")[3])
    assert lot_card(lot_id=new).quantity == 100
    too_much = {f"take_{new}": "100", "kind": "DRY", "product_0": product, "quantity_0": "101", "unit_0": "KG"}
    refused = post(cast, f"/trace/lots/{new}/processing/", **too_much)
    assert refused.status_code == 422
    assert "Lượng ra nhiều hơn lượng vào" in refused.content.decode()
    assert (
        post(cast, f"/trace/lots/{new}/processing/", **{**too_much, "quantity_0": "20", "lost": "79"}).status_code
        == 302
    )
    act = Transformation.objects.get(kind="DRY")
    assert (act.lost, act.unaccounted) == (79, 1)


def test_merging_offers_only_lots_that_can_be_merged(cast: Cast, product: UUID) -> None:
    here, beside, held = (
        make_lot(organisation_id=cast.cooperative, product_id=product, issued=False) for _ in range(3)
    )
    other = make_lot(organisation_id=cast.cooperative)
    services.hold_lot(cast.actor("ha"), lot_id=held, reason="Chờ")
    html = cast.client("ha").get(f"/trace/lots/{here}/merging/").content.decode()
    offered = set(re.findall(r'name="take_([0-9a-f-]+)"', html))
    assert offered == {str(here), str(beside)}
    assert str(other) not in offered


def test_packing_offers_the_products_own_pack_and_how_many_it_fills(cast: Cast) -> None:
    half = PackDescription(Unit.BAG, Decimal("0.5"), Unit.KG)
    product_id = make_product(organisation_id=cast.cooperative, packs=(half,))
    lot_id = make_lot(organisation_id=cast.cooperative, product_id=product_id, issued=False)
    html = cast.client("ha").get(f"/trace/lots/{lot_id}/packing/").content.decode()
    assert 'value="0,5"' in html
    assert 'value="200"' in html
    body = {"packed_date": clock.today().isoformat(), "pack_unit": "BAG", "content": "0,5", "content_unit": "KG"}
    assert post(cast, f"/trace/lots/{lot_id}/packing/", **body, count="201").status_code == 422
    assert post(cast, f"/trace/lots/{lot_id}/packing/", **body, count="200").status_code == 302
    assert Lot.objects.get(pk=lot_id).pack_count == 200


def test_the_list_is_searched_filtered_and_downloaded(cast: Cast, lot: UUID) -> None:
    hidden = make_lot(organisation_id=cast.cooperative, issued=False)
    services.hold_lot(cast.actor("ha"), lot_id=hidden, reason="Chờ")
    client = cast.client("ha")

    def shown(query: str) -> set[UUID]:
        html = client.get(f"/trace/lots/?{query}").content.decode()
        return {each for each in (lot, hidden) if f"/trace/lots/{each}/" in html}

    assert shown("") == {lot, hidden}
    assert shown("q=mien+dong+binh+lu") == {lot}
    assert shown(f"q={code_of(lot).lower()}") == {lot}
    assert shown("state=HELD") == {hidden}
    assert shown("state=ISSUED") == {lot}
    assert shown(f"product_id={lot_card(lot_id=lot).product_id}") == {lot}
    assert shown(f"since={clock.today().isoformat()}") == set()
    csv = client.get("/trace/lots/?format=csv").content.decode()
    assert grouped(code_of(lot)) in csv


def test_work_waits_on_the_right_desks(cast: Cast, lot: UUID) -> None:
    recorded = make_lot(organisation_id=cast.cooperative, issued=False)
    services.hold_lot(cast.actor("khanh"), lot_id=lot, reason="Chờ")
    services.report_suspicion(cast.actor("nobody"), code="X", account="Nhãn lạ")

    def waiting(who: str) -> list[tuple[str, int]]:
        return [(str(queue.url).split("?")[-1], queue.waiting) for queue in work_queues(cast.actor(who))]

    assert waiting("ha") == [("state=HELD", 1), ("state=RECORDED", 1), ("open=open", 1)]
    assert waiting("khanh") == [("state=HELD", 1)]
    assert waiting("dung") == [("open=open", 1)]
    assert waiting("an") == []
    services.issue_lot(cast.actor("ha"), lot_id=recorded)
    assert ("state=RECORDED", 1) not in waiting("ha")
