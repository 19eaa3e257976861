"""Every screen of lots in a real browser, at a phone's and a desk's width."""

import pytest

from langso.kernel.access.actors import NOBODY
from langso.kernel.ids import public_code
from langso.kernel.ui.browser import chromium
from langso.kernel.ui.testing import faults_on_screen
from langso.trade.products.testing import make_certificate, make_product
from langso.trade.trace import services
from langso.trade.trace.testing import code_of, make_lot
from tests.cast import HOME, Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(chromium() is None, reason="needs Chromium"),
]


def test_screens_of_buyers(cast: Cast) -> None:
    product = make_product(organisation_id=cast.cooperative)
    make_certificate(product_id=product)
    lot, held = (make_lot(organisation_id=cast.cooperative, product_id=product, packed=True) for _ in range(2))
    services.hold_lot(cast.actor("ha"), lot_id=held, reason="Chờ kết quả kiểm nghiệm")
    code = code_of(lot)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    paths = (
        f"/lot/{code}",
        f"/lot/{code_of(held)}",
        "/lot/",
        f"/lot/{wrong}",
        f"/lot/{public_code()}",
        "/trace/suspicions/new/",
    )
    client = cast.client("nobody")
    assert faults_on_screen({path: client.get(path) for path in paths}) == []


def test_screens_of_keepers(cast: Cast) -> None:
    product = make_product(organisation_id=cast.cooperative)
    lot, held = (
        make_lot(organisation_id=cast.cooperative, product_id=product, packed=number == 0) for number in range(2)
    )
    recorded = make_lot(organisation_id=cast.cooperative, product_id=product, issued=False)
    hold = services.hold_lot(cast.actor("khanh"), lot_id=held, reason="Chờ kết quả")
    report = services.report_suspicion(NOBODY.in_commune(HOME), code=code_of(lot), account="Chữ in mờ")
    client = cast.client("ha")
    client.post(f"/trace/lots/{lot}/labels/", {"paper": "A4_24", "count": "24"})
    paths = [
        *("/trace/lots/", "/trace/lots/new/", "/trace/suspicions/", f"/trace/suspicions/{report}/"),
        *(f"/trace/lots/{each}/" for each in (lot, held, recorded)),
        *(f"/trace/lots/{recorded}/{act}/" for act in ("packing", "parts", "merging", "processing", "hold")),
        f"/trace/lots/{lot}/labels/",
        f"/trace/lots/{held}/holds/{hold}/release/",
    ]
    assert faults_on_screen({path: client.get(path) for path in paths}, widths=(360,)) == []
