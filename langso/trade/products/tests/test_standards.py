"""The province publishes a standard at its hub; every commune has it."""

from datetime import date

import pytest
from pytest_django.fixtures import Settings

from langso.kernel.journal.queries import waiting_cards
from langso.kernel.link.publishing import OnlyAtTheHub
from langso.kernel.text import Translated
from langso.trade.products import services
from langso.trade.products.models import ProductCopy
from langso.trade.products.queries.standards import standard_rows
from langso.trade.products.testing import make_certificate, make_product
from tests.cast import HOME, Cast
from tests.elsewhere import arrive, at_the_hub, told, told_down

pytestmark = pytest.mark.django_db

FORM = {
    "number": "TCCS 01:2026/LC",
    "title_vi": "Miến dong Lai Châu",
    "goods": "Miến dong",
    "valid_from": "2026-12-01",
    "text_vi": "Độ ẩm không quá 14 %.",
}


def page(cast: Cast, address: str, who: str) -> str:
    return str(cast.client(who).get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode())


def test_a_standard_goes_down_and_is_withdrawn_everywhere(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        minh = cast.client("minh")
        assert minh.post("/products/standards/new/", {**FORM, "number": ""}).status_code == 422
        answer = minh.post("/products/standards/new/", FORM)
        assert answer.status_code == 302
        assert minh.post("/products/standards/new/", FORM).status_code == 409
        assert "Publish a standard" in page(cast, "/products/standards/", "minh")
        standard = standard_rows(cast.actor("minh")).get().pk
        published = told_down(HOME)
        services.withdraw_standard(cast.actor("minh"), standard_id=standard, reason="Có bản mới")
        withdrawn = told_down(HOME)[1:]
    assert [entry.commune for entry in (*published, *withdrawn)] == ["", ""]

    arrive(published)
    assert "Miến dong Lai Châu" in page(cast, "/products/standards/", "ha")
    shown = page(cast, f"/products/standards/{standard}/", "an")
    assert "Độ ẩm không quá 14 %." in shown
    assert "Sở Nông nghiệp" in shown
    assert "Publish a standard" not in page(cast, "/products/standards/", "minh")
    arrive(withdrawn)
    assert "Có bản mới" in page(cast, f"/products/standards/{standard}/", "ha")
    assert standard_rows(cast.actor("ha")).get().withdrawn_at == withdrawn[0].recorded_at


def test_it_is_published_at_the_hub_only_and_by_the_province_only(cast: Cast, settings: Settings) -> None:
    about = services.StandardDescription(
        number="1", title=Translated("a"), goods="", text=Translated("b"), valid_from=date(2026, 12, 1)
    )
    with pytest.raises(OnlyAtTheHub):
        services.publish_standard(cast.actor("minh"), standard=about)
    assert not standard_rows(cast.actor("minh")).exists()


def test_a_paper_that_comes_before_its_product_waits(cast: Cast, settings: Settings) -> None:
    product = make_product(organisation_id=cast.cooperative)
    make_certificate(product_id=product)
    sent = told()
    described = [entry for entry in sent if entry.kind.startswith("trade.products.product")]
    recorded = [entry for entry in sent if entry.kind.startswith("trade.products.certificate")]
    with at_the_hub(settings, recorded, HOME):
        assert not ProductCopy.objects.exists()
        assert [card.waits_for for card in waiting_cards()] == [f"product:{product}"]
        arrive(described)
        assert len(ProductCopy.objects.get().facts["certificates"]) == 1
        assert waiting_cards() == []
