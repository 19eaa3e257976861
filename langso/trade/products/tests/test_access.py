from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.trade.products import services
from langso.trade.products.events import StandardFacts, StandardPublished
from langso.trade.products.models import Certificate
from langso.trade.products.rules import CertificateKind
from langso.trade.products.testing import make_certificate, make_product
from tests.access_table import Row, access_test
from tests.cast import HOME, Cast


def things(cast: Cast) -> Mapping[str, object]:
    """A published product and a draft of the cooperative, with a certificate that has a copy; one of An's household."""
    published = make_product(organisation_id=cast.cooperative)
    certificate = make_certificate(product_id=published)
    paper = services.CertificateDescription(
        kind=CertificateKind.FOOD_SAFETY, number="7", issuer="Chi cục", valid_from=Certificate.objects.get().valid_from
    )
    copy = SimpleUploadedFile("giay.pdf", b"%PDF-1.7 giay", content_type="application/pdf")
    return {
        "product": published,
        "certificate": certificate,
        "copied": services.record_certificate(system(HOME), product_id=published, certificate=paper, document=copy),
        "draft": make_product(organisation_id=cast.cooperative, published=False),
        "own": make_product(household_id=cast.household),
        "household": cast.household,
        "cooperative": cast.cooperative,
        "standard": make_standard(),
    }


def make_standard() -> UUID:
    """A standard that came down from the hub."""
    facts = StandardFacts(
        standard_id=uuid4(), number="TCCS 1", title={"vi": "Miến"}, goods="", text={"vi": "Khô"},
        valid_from=date(2026, 12, 1), issuer="Sở",
    )  # fmt: skip
    services.take_standard(system(), told=StandardPublished(standard=facts), told_at=clock.now())
    return facts.standard_id


def rows(url: str, method: str = "GET", body: Mapping[str, str] | None = None, **expected: int) -> tuple[Row, ...]:
    return tuple(Row(who, method, url, status, body or {}) for who, status in expected.items())


TEXT = {"name_vi": "Miến mới", "unit": "KG"}
STANDARD = {"number": "1", "title_vi": "Miến", "text_vi": "Khô", "valid_from": "2026-12-01"}
PAPER = {"kind": "VIETGAP", "number": "9", "issuer": "Trung tâm", "valid_from": "2026-01-01"}
TABLE = (
    *rows("/api/products", nobody=200, an=200),
    *rows("/api/products/{product}", nobody=200),
    *rows("/api/products/{draft}", nobody=404, ha=404),
    *rows("/products/", nobody=200, an=200, ha=200, lan=200),
    *rows("/products/desk/", an=200, ha=200, khanh=200, dung=200, giang=200, lan=200, minh=403, nobody=302),
    *rows("/products/certificates/", an=200, ha=200, dung=200, minh=403, nobody=302),
    *rows("/products/new/", an=200, ha=200, giang=200, lan=403, minh=403, nobody=302),
    *rows("/products/new/", "POST", {**TEXT, "maker": "h:{household}"}, an=302, binh=302, nobody=302),
    *rows("/products/new/", "POST", {**TEXT, "maker": "o:{cooperative}"}, ha=302, giang=302, an=422, dung=422, lan=403),
    *rows("/products/{product}/", nobody=200, an=200, lan=200, minh=200),
    *rows("/products/{draft}/", ha=200, khanh=200, dung=200, giang=200, an=404, nobody=404, lan=404, minh=404),
    *rows("/products/{product}/desk/", ha=200, khanh=200, dung=200, an=200, lan=404, minh=403, nobody=302),
    *rows("/products/{draft}/desk/", ha=200, dung=200, giang=200, an=404, chi=404, lan=404, nobody=404),
    *rows("/products/{product}/description/", ha=200, giang=200, an=403, khanh=403, dung=403, lan=404, nobody=302),
    *rows("/products/{product}/description/", "POST", TEXT, ha=302, giang=302, an=403, dung=403, lan=404, nobody=302),
    *rows("/products/{own}/description/", "POST", TEXT, an=302, binh=302, giang=302, chi=403, ha=403, dung=403),
    *rows("/products/{draft}/publication/", "POST", ha=302, giang=403, khanh=403, an=404, nobody=404, lan=404),
    *rows("/products/{product}/publication/", "POST", ha=409, nobody=302),
    *rows("/products/{product}/withdrawal/", ha=200, giang=403, dung=403, an=403, lan=404, nobody=302),
    *rows("/products/{product}/withdrawal/", "POST", {"reason": "Hết mùa"}, ha=302, giang=403, dung=403, nobody=302),
    *rows("/products/{product}/pictures/", "POST", ha=302, giang=302, an=403, dung=403, lan=404, nobody=302),
    *rows("/products/{product}/pictures/00ff/removal/", "POST", ha=404, an=403, dung=403, lan=404, nobody=302),
    *rows("/products/{product}/certificates/new/", ha=200, giang=200, an=403, dung=403, lan=404, nobody=302),
    *rows("/products/{product}/certificates/new/", "POST", PAPER, ha=302, an=403, dung=403, lan=404, nobody=302),
    *rows("/products/{product}/certificates/{certificate}/revocation/", ha=200, an=403, dung=403, nobody=302),
    *rows(
        "/products/{product}/certificates/{certificate}/revocation/", "POST",
        {"revoked_date": "2026-11-01", "reason": "Thu hồi"}, ha=302, an=403, dung=403, lan=404, nobody=302,
    ),
    *rows("/products/{product}/certificates/{copied}/document/", ha=200, dung=200, giang=200, an=403, khanh=403),
    *rows("/products/{product}/certificates/{copied}/document/", lan=404, minh=403, nobody=302),
    *rows("/products/{product}/certificates/{certificate}/document/", ha=404),
    *rows("/products/names/{household}/", "POST", {"agreed": "yes"}, an=302, binh=302, chi=403, ha=403, dung=403),
    *rows("/products/names/{household}/", "POST", {"agreed": "yes"}, giang=403, lan=403, nobody=302),
    *rows("/products/standards/", an=200, ha=200, dung=200, lan=200, minh=200, oanh=200, nobody=302),
    *rows("/products/standards/{standard}/", an=200, ha=200, lan=200, minh=200, nobody=302),
    *rows("/products/standards/new/", minh=200, dung=403, ha=403, oanh=403, nobody=302),
    *rows("/products/standards/new/", "POST", STANDARD, minh=409, dung=403, ha=403, nobody=302),
    *rows("/products/standards/{standard}/receipts/", minh=404, oanh=404, dung=403, ha=403, lan=403, nobody=302),
    *rows("/products/standards/{standard}/withdrawal/", minh=200, dung=403, ha=403, nobody=302),
    *rows("/products/standards/{standard}/withdrawal/", "POST", {"reason": "x"}, minh=409, dung=403, nobody=302),
)  # fmt: skip

test_access = access_test(TABLE, things)
