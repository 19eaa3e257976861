"""Lots of a commune that is at home elsewhere: their pages at the hub, and wishes in both directions."""

import io
import re
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django.fixtures import Settings

from langso.community.organisations import services as organisations
from langso.community.organisations.queries import copied_organisation
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.files import contents, copying
from langso.kernel.files.models import StoredFile, WantedFile
from langso.kernel.journal.gate import HomeElsewhere
from langso.trade.products import services as products
from langso.trade.products.testing import make_certificate, make_product
from langso.trade.trace import services
from langso.trade.trace.models import Hold, HoldCopy, HoldWish, Lot, LotCopy, Suspicion
from langso.trade.trace.queries import lot_card, public_lot
from langso.trade.trace.testing import code_of, make_lot
from tests.cast import HOME, Cast
from tests.elsewhere import arrive, at_the_hub, told, told_down
from tests.kept_rows import KeptRows

pytestmark = pytest.mark.django_db


def make_known(cast: Cast) -> tuple[UUID, str]:
    """At the box: a product with a picture and a paper, and an issued, packed lot of it."""
    organisations.revise_organisation(
        system(HOME), organisation_id=cast.cooperative, name="Hợp tác xã miến dong", address="Bản Hoa"
    )
    product = make_product(organisation_id=cast.cooperative)
    shown = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 180, 90)).save(shown, "JPEG")
    photo = SimpleUploadedFile("mien.jpg", shown.getvalue(), content_type="image/jpeg")
    products.add_picture(system(HOME), product_id=product, upload=photo)
    make_certificate(product_id=product)
    lot = make_lot(organisation_id=cast.cooperative, product_id=product, packed=True)
    return lot, code_of(lot)


KNOWN = KeptRows(make_known)


@pytest.fixture
def known(cast: Cast) -> tuple[UUID, str]:
    return KNOWN.kept(cast)


def page(cast: Cast, address: str, who: str = "nobody", status: int = 200) -> str:
    answer = cast.client(who).get(address, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_page_of_a_lot_is_told_from_entries_alone(cast: Cast, known: tuple[UUID, str], settings: Settings) -> None:
    _lot, code = known
    with at_the_hub(settings, told(), HOME):
        assert not Lot.objects.exists()
        shown = page(cast, f"/lot/{code}")
        words = ("Hợp tác xã miến dong", "told the province", "stays with the commune", "VietGAP", "Packed")
        assert [word for word in words if word not in shown] == []
        [address] = re.findall(r"/products/[0-9a-f-]{36}/", shown)
        assert "VietGAP" in page(cast, address)
        assert public_lot(code, today=clock.today()).facts.code == code
        assert code in page(cast, f"/api/lots/{code}")
        organisation = copied_organisation(organisation_id=cast.cooperative)
        assert organisation
        assert organisation.address == "Bản Hoa"


def test_a_picture_is_wanted_and_fetched_by_its_hash(cast: Cast, known: tuple[UUID, str], settings: Settings) -> None:
    _lot, code = known
    with at_the_hub(settings, told(), HOME):
        (wanted,) = copying.to_ask_for([HOME], most=5)
        assert copying.to_ask_for([HOME], most=5) == []
        content = contents.read(wanted.sha256)  # one storage in this test: here lies what the box kept
        page(cast, f"/files/{wanted.sha256}/thumb.webp", status=404)
        half = len(content) // 2
        assert copying.take(wanted.sha256, 0, len(content), content[:half]) == half
        assert copying.take(wanted.sha256, 0, len(content), content[:half]) == half
        WantedFile.objects.update(asked_at=None)
        assert copying.to_ask_for([HOME], most=5) == [copying.Wanted(wanted.sha256, half)]
        assert copying.take(wanted.sha256, half, len(content), b"x" * (len(content) - half)) == 0
        assert not StoredFile.objects.exists()
        assert copying.take(wanted.sha256, 0, len(content), content) == len(content)
        assert not WantedFile.objects.exists()
        assert wanted.sha256 in page(cast, f"/lot/{code}")
        assert cast.client("nobody").get(f"/files/{wanted.sha256}/thumb.webp").status_code == 200
        assert copying.give(wanted.sha256, 0, 10) == (content[:10], len(content))
        assert copying.give("0" * 64, 0, 10) is None


def test_holds_parts_and_withdrawals_follow(cast: Cast, known: tuple[UUID, str], settings: Settings) -> None:
    lot, code = known
    hold = services.hold_lot(system(HOME), lot_id=lot, reason="Nghi nhiễm nấm")
    services.release_lot(system(HOME), lot_id=lot, hold_id=hold, reason="Kết quả thử sạch")
    (part,) = services.split_lot(system(HOME), lot_id=lot, quantities=[Decimal(20)], done_date=clock.today())
    services.issue_lot(system(HOME), lot_id=part)
    services.withdraw_lot(system(HOME), lot_id=lot, reason="Bao bì hỏng")
    with at_the_hub(settings, told(), HOME):
        shown = page(cast, f"/lot/{code}")
        words = ("Nghi nhiễm nấm", "Kết quả thử sạch", "withdrawn from sale", "Bao bì hỏng", "Went into", "Splitting")
        assert [word for word in words if word not in shown] == []
        assert HoldCopy.objects.get().released_at
        other = LotCopy.objects.exclude(code=code).get()
        assert f"/lot/{code}" in page(cast, f"/lot/{other.code}")


def test_nobody_changes_a_copy(cast: Cast, known: tuple[UUID, str], settings: Settings) -> None:
    with at_the_hub(settings, told(), HOME), pytest.raises(HomeElsewhere):
        organisations.found_organisation(system(HOME), kind="COOPERATIVE", name="Hợp tác xã khác")


def test_the_province_asks_and_the_commune_holds(cast: Cast, known: tuple[UUID, str], settings: Settings) -> None:
    lot, code = known
    with at_the_hub(settings, told(), HOME):
        assert f"/trace/copies/{lot}/" in page(cast, "/trace/copies/", "minh")
        client = cast.client("minh")
        assert client.post(f"/trace/copies/{lot}/", {"reason": ""}).status_code == 422
        assert client.post(f"/trace/copies/{lot}/", {"reason": "Mẫu ở chợ không đạt"}).status_code == 302
        assert client.post(f"/trace/copies/{lot}/", {"reason": "again"}).status_code == 409
        assert "Not answered yet" in page(cast, f"/trace/copies/{lot}/", "minh")
        down, wish = told_down(HOME), HoldWish.objects.get()
    arrive(down)
    assert lot_card(lot_id=lot).held
    assert "Mẫu ở chợ không đạt" in Hold.objects.get().reason
    answers = told()
    with at_the_hub(settings, (), HOME):
        wish.save(force_insert=True)
        arrive(answers)
        assert HoldWish.objects.get().outcome == "HELD"
        assert "The commune holds it" in page(cast, f"/trace/copies/{lot}/", "minh")
        assert "Mẫu ở chợ không đạt" in page(cast, f"/lot/{code}")


def test_a_commune_refuses_with_a_reason(cast: Cast, known: tuple[UUID, str], settings: Settings) -> None:
    lot, _code = known
    with at_the_hub(settings, told(), HOME):
        services.wish_hold(cast.actor("minh"), lot_id=lot, reason="Mẫu ở chợ không đạt")
        down, wish = told_down(HOME), HoldWish.objects.get()
    services.withdraw_lot(system(HOME), lot_id=lot, reason="Bao bì hỏng")
    arrive(down)
    assert not Hold.objects.exists()
    answers = told()
    with at_the_hub(settings, (), HOME):
        wish.save(force_insert=True)
        arrive(answers)
        assert (HoldWish.objects.get().outcome, HoldWish.objects.get().answer != "") == ("REFUSED", True)
        assert "refused" in page(cast, f"/trace/copies/{lot}/", "minh")


def test_a_report_at_the_hub_goes_to_the_commune(cast: Cast, known: tuple[UUID, str], settings: Settings) -> None:
    _lot, code = known
    with at_the_hub(settings, told(), HOME):
        form = {"code": code, "account": "Tem dán chồng", "seen_where": "Chợ", "contact": "0900000000"}
        assert cast.client("nobody").post("/trace/suspicions/new/", form).status_code == 302
        assert not Suspicion.objects.exists()
        down = told_down(HOME)
        assert "0900000000" not in repr(down)
    arrive(down)
    assert Suspicion.objects.get().account == "Tem dán chồng"
