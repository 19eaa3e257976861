"""Products through their pages: writing, publishing, showing, and the desk's warnings."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from langso.kernel import clock
from langso.kernel.access.scope import commune_scope
from langso.trade.products import queries
from langso.trade.products.desk import work_queues
from langso.trade.products.models import Certificate, Product
from langso.trade.products.testing import make_certificate, make_product
from tests.cast import ELSEWHERE, Cast

pytestmark = pytest.mark.django_db


def a_picture() -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (900, 600), "#7a4f00").save(written, "JPEG")
    return SimpleUploadedFile("mien.jpg", written.getvalue(), content_type="image/jpeg")


def page(cast: Cast, address: str, who: str = "nobody", **options: Any) -> str:
    answer = cast.client(who).get(address, **options)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_from_an_empty_form_to_the_public_page(cast: Cast) -> None:
    client = cast.client("ha")
    body = {
        "maker": f"o:{cast.cooperative}", "name_vi": "Miến dong", "name_en": "Canna noodles", "unit": "KG",
        "story_vi": "Làm từ củ dong riềng.", "shelf_life_days": "365",
        "pack_unit_0": "BAG", "pack_content_0": "0,5", "pack_content_unit_0": "KG",
    }  # fmt: skip
    desk = client.post("/products/new/", body)["Location"]
    product = Product.objects.get()
    client.post(f"/products/{product.pk}/pictures/", {"picture": a_picture()})
    assert client.post(f"/products/{product.pk}/publication/")["Location"] == desk
    html = page(cast, f"/products/{product.pk}/", HTTP_ACCEPT_LANGUAGE="vi")
    for words in ("Miến dong", "Hợp tác xã miến dong", "túi 0,5 kg", "365 ngày", "/files/"):
        assert words in html
    assert "Canna noodles" in page(cast, f"/products/{product.pk}/", HTTP_ACCEPT_LANGUAGE="en")
    assert f"/products/{product.pk}/" in page(cast, "/products/")


def test_the_picture_is_public_and_can_be_taken_away(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    client = cast.client("ha")
    client.post(f"/products/{product_id}/pictures/", {"picture": a_picture()})
    (sha256,) = queries.product_card(product_id=product_id).pictures
    assert cast.client("nobody").get(f"/files/{sha256}/thumb.webp").status_code == 200
    client.post(f"/products/{product_id}/pictures/{sha256}/removal/")
    assert queries.product_card(product_id=product_id).pictures == ()


def test_a_file_that_is_no_picture_is_refused_with_words(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    broken = SimpleUploadedFile("x.jpg", b"not a picture", content_type="image/jpeg")
    answer = cast.client("ha").post(f"/products/{product_id}/pictures/", {"picture": broken})
    assert answer.status_code == 422
    assert queries.product_card(product_id=product_id).pictures == ()


def test_publishing_a_claim_without_its_paper_says_what_is_missing(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative, name="Miến dong hữu cơ", published=False)
    answer = cast.client("ha").post(f"/products/{product_id}/publication/")
    assert answer.status_code == 422
    assert "Hữu cơ" in answer.content.decode()


def test_what_was_typed_stays_when_the_form_is_refused(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    body = {"kind": "OCOP", "number": "148/QĐ", "issuer": "UBND tỉnh", "valid_from": "2026-01-01"}
    answer = cast.client("ha").post(f"/products/{product_id}/certificates/new/", body)
    assert answer.status_code == 422
    assert 'value="148/QĐ"' in answer.content.decode()
    assert (
        cast.client("ha").post(f"/products/{product_id}/certificates/new/", {**body, "stars": "4"}).status_code == 302
    )
    assert Certificate.objects.get().stars == 4


def test_certificates_that_end_soon_wait_on_the_managers_desk(cast: Cast) -> None:
    today = clock.today()
    product_id = make_product(organisation_id=cast.cooperative)
    assert work_queues(cast.actor("ha")) == []
    make_certificate(product_id=product_id, kind="VIETGAP", valid_until=today + timedelta(days=59))
    make_certificate(product_id=product_id, kind="OCOP", valid_until=today - timedelta(days=1))
    make_certificate(product_id=product_id, kind="HACCP", valid_until=today + timedelta(days=61))
    (queue,) = work_queues(cast.actor("ha"))
    assert (queue.waiting, queue.late) == (2, 1)
    assert work_queues(cast.actor("khanh")) == []
    make_certificate(product_id=product_id, kind="OCOP", valid_until=today + timedelta(days=1000))
    (queue,) = work_queues(cast.actor("ha"))
    assert (queue.waiting, queue.late) == (1, 0)
    assert page(cast, "/products/certificates/", "ha").count("hết hạn") == 1


def test_a_withdrawn_products_page_stays_and_says_so(cast: Cast) -> None:
    product_id = make_product(organisation_id=cast.cooperative)
    cast.client("ha").post(f"/products/{product_id}/withdrawal/", {"reason": "Hết mùa"})
    assert "Không còn bán" in page(cast, f"/products/{product_id}/")
    assert f"/products/{product_id}/" not in page(cast, "/products/")


def test_a_resident_sees_their_own_products_on_their_desk_only(cast: Cast) -> None:
    own, other = make_product(household_id=cast.household), make_product(organisation_id=cast.cooperative)
    html = page(cast, "/products/desk/", "an")
    assert str(own) in html
    assert str(other) not in html


def test_the_open_list_is_read_page_by_page(cast: Cast) -> None:
    ids = [str(make_product(organisation_id=cast.cooperative)) for _ in range(5)]
    make_product(organisation_id=cast.cooperative, published=False)
    with commune_scope(ELSEWHERE):
        make_product(organisation_id=cast.other_office)
    read, address = list[str](), "/api/products?limit=2"
    while address:
        found = cast.client("nobody").get(address).json()
        read += [item["id"] for item in found["items"]]
        address = found["next"]
    assert read == ids


def test_the_open_card_names_no_household_without_its_word(cast: Cast) -> None:
    product_id = make_product(household_id=cast.household)
    make_certificate(product_id=product_id)
    card = cast.client("nobody").get(f"/api/products/{product_id}").json()
    assert "Lò Văn An" not in str(card)
    assert card["certificates"][0]["standing"] == "VALID"


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "after=x", "commune=12"])
def test_wrong_questions_are_422_in_the_common_shape(cast: Cast, query: str) -> None:
    answer = cast.client("nobody").get(f"/api/products?{query}")
    assert answer.status_code == 422
    assert set(answer.json()["error"]) == {"code", "message", "fields"}
