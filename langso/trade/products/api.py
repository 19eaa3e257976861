"""Published products as open data."""

from datetime import date
from typing import Annotated, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from ninja import Query, Router, Schema
from pydantic import Field

from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.files.queries import picture_url
from langso.kernel.refusals import REFUSALS
from langso.trade.products.queries import CertificateCard, PackCard, PublicProduct, public_product, public_products

router = Router(tags=["products"])

LIST_ADDRESS = "/api/products"


class WordsOut(Schema):
    """A text in Vietnamese and, when somebody wrote it, in English."""

    vi: str
    en: str = ""


class PackOut(Schema):
    """`content` of `content_unit` in one `unit`; `content` is a decimal written as text."""

    unit: str
    content: str
    content_unit: str


class PaperOut(Schema):
    """`standing`: how the certificate stands today: VALID, NOT_YET, EXPIRED, REVOKED."""

    kind: str
    stars: int | None
    number: str
    issuer: str
    scope: str
    valid_from: date
    valid_until: date | None
    standing: str


class ProductOut(Schema):
    id: UUID
    url: str
    commune: str
    name: WordsOut
    story: WordsOut
    maker: str
    place: str
    brand: str
    standard: str
    unit: str
    packs: list[PackOut]
    shelf_life_days: int | None
    pictures: list[str]
    certificates: list[PaperOut]
    state: str


class ProductsOut(Schema):
    """`next` is the address of the next page, null on the last one."""

    items: list[ProductOut]
    next: str | None


class ProductFilter(Schema):
    """`after` is the id of the last product of the page before; without `commune`, the commune of this address."""

    limit: Annotated[int, Field(ge=1, le=100)] = 50
    after: UUID | None = None
    commune: Annotated[str, Field(pattern=r"^([0-9]{5})?$")] = ""


@router.get("/products", response={200: ProductsOut, **REFUSALS}, auth=None, summary="Published products")
def products(request: HttpRequest, wanted: Query[ProductFilter]) -> ProductsOut:
    commune = wanted.commune or cast("ActorRequest", request).actor.commune
    found = public_products(commune=commune, limit=wanted.limit + 1, after=wanted.after, today=clock.today())
    shown = found[: wanted.limit]
    address = None
    if len(found) > wanted.limit:
        query = {"after": str(shown[-1].product.id), "limit": str(wanted.limit)}
        address = f"{LIST_ADDRESS}?{urlencode(query | ({'commune': wanted.commune} if wanted.commune else {}))}"
    return ProductsOut(items=[_product(each) for each in shown], next=address)


@router.get("/products/{uuid:product_id}", response={200: ProductOut, **REFUSALS}, auth=None, summary="One product")
def product(request: HttpRequest, product_id: UUID) -> ProductOut:
    return _product(public_product(product_id, today=clock.today()))


def _product(found: PublicProduct) -> ProductOut:
    card = found.product
    return ProductOut(
        id=card.id,
        url=f"{settings.PUBLIC_URL}{reverse('products:product', args=[card.id])}",
        commune=card.commune,
        name=WordsOut(vi=card.name.vi, en=card.name.en),
        story=WordsOut(vi=card.story.vi, en=card.story.en),
        maker=found.maker.name,
        place=found.maker.place,
        brand=card.brand,
        standard=card.standard,
        unit=card.unit,
        packs=[_pack(each) for each in card.packs],
        shelf_life_days=card.shelf_life_days,
        pictures=[f"{settings.PUBLIC_URL}{picture_url(sha256, 'full')}" for sha256 in card.pictures],
        certificates=[_paper(each) for each in found.certificates],
        state=card.state,
    )


def _pack(pack: PackCard) -> PackOut:
    return PackOut(unit=pack.unit, content=f"{pack.content.normalize():f}", content_unit=pack.content_unit)


def _paper(card: CertificateCard) -> PaperOut:
    return PaperOut(
        kind=card.kind,
        stars=card.stars,
        number=card.number,
        issuer=card.issuer,
        scope=card.scope,
        valid_from=card.valid_from,
        valid_until=card.valid_until,
        standing=card.now,
    )
