"""Lots as open data: the list of issued ones, and the card of each."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from langso.kernel import clock
from langso.kernel.errors import NotHere
from langso.kernel.ids import read_public_code
from langso.kernel.refusals import REFUSALS
from langso.trade.products.queries import CertificateCard
from langso.trade.trace.queries import LotLine, PublicLot, public_lot, public_lots

router = Router(tags=["lots"])

LIST_ADDRESS = "/api/lots"


class PublicState(StrEnum):
    ISSUED = "ISSUED"
    SOLD_OUT = "SOLD_OUT"
    WITHDRAWN = "WITHDRAWN"


class TextOut(Schema):
    """A text in Vietnamese and, when somebody wrote it, in English."""

    vi: str
    en: str = ""


class QuantityOut(Schema):
    """`value` is a decimal written as text, so that nothing is rounded on the way."""

    value: str
    unit: str


class LotOut(Schema):
    code: str
    url: str
    commune: str
    product: TextOut
    produced_date: date
    expiry_date: date | None
    quantity: QuantityOut
    state: PublicState
    held: bool
    issued_at: datetime


class LotsOut(Schema):
    """`next` is the address of the next page, null on the last one."""

    items: list[LotOut]
    next: str | None


class PlaceOut(Schema):
    code: str
    name: str


class PacksOut(Schema):
    count: int
    unit: str
    content: QuantityOut


class CertificateOut(Schema):
    """`then`: how it stood on the day the goods were made; `now`: how it stands today."""

    kind: str
    stars: int | None
    number: str
    issuer: str
    scope: str
    valid_from: date
    valid_until: date | None
    then: str
    now: str


class LotCardOut(Schema):
    code: str
    url: str
    commune: str
    product: TextOut
    product_id: str | None
    keeper: str
    maker: str
    brand: str
    standard: str
    place: PlaceOut
    produced_date: date
    packed_date: date | None
    packs: PacksOut | None
    expiry_date: date | None
    quantity: QuantityOut
    state: PublicState
    held: bool
    issued_at: datetime
    certificates: list[CertificateOut]
    parents: list[str]
    children: list[str]


class LotFilter(Schema):
    """`after` is a cursor from `next`; without `state`, lots that may be sold."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    after: Annotated[str, Field(max_length=200)] = ""
    state: PublicState = PublicState.ISSUED
    commune: Annotated[str, Field(pattern=r"^([0-9]{5})?$")] = ""


@router.get("/lots", response={200: LotsOut, **REFUSALS}, auth=None, summary="Issued lots, oldest first")
def lots(request: HttpRequest, wanted: Query[LotFilter]) -> LotsOut:
    found = public_lots(limit=wanted.limit, after=wanted.after, state=wanted.state.value, commune=wanted.commune)
    return LotsOut(items=[_line(line) for line in found.lots], next=_next(wanted, found.next))


@router.get("/lots/{code}", response={200: LotCardOut, **REFUSALS}, auth=None, summary="One lot")
def lot(request: HttpRequest, code: str) -> LotCardOut:
    """The code may be written with small letters and dashes."""
    meant = read_public_code(code[:40])
    if meant is None:
        raise NotHere(_("This code is not written quite right."))
    return _card(public_lot(meant, today=clock.today()))


def _line(line: LotLine) -> LotOut:
    return LotOut(
        code=line.code,
        url=_page(line.code),
        commune=line.commune,
        product=TextOut(vi=line.product_name.vi, en=line.product_name.en),
        produced_date=line.produced_date,
        expiry_date=line.expiry_date,
        quantity=_quantity(line.quantity, line.unit),
        state=PublicState(line.state),
        held=line.held,
        issued_at=line.issued_at,
    )


def _card(lot: PublicLot) -> LotCardOut:
    facts = lot.facts
    packs = None
    if facts.pack_count is not None and facts.pack_content is not None:
        content = _quantity(facts.pack_content, facts.pack_content_unit or "")
        packs = PacksOut(count=facts.pack_count, unit=facts.pack_unit or "", content=content)
    return LotCardOut(
        code=facts.code,
        url=_page(facts.code),
        commune=facts.commune,
        product=TextOut(vi=facts.product_name.get("vi", ""), en=facts.product_name.get("en", "")),
        product_id=str(facts.product_id) if facts.product_id else None,
        keeper=facts.keeper,
        maker=facts.maker,
        brand=facts.brand,
        standard=facts.standard,
        place=PlaceOut(code=facts.place_code, name=facts.place_name),
        produced_date=facts.produced_date,
        packed_date=facts.packed_date,
        packs=packs,
        expiry_date=facts.expiry_date,
        quantity=_quantity(facts.quantity, facts.unit),
        state=PublicState(facts.state),
        held=lot.held,
        issued_at=lot.issued_at,
        certificates=[_certificate(card) for card in lot.certificates],
        parents=list(lot.parents),
        children=list(lot.children),
    )


def _certificate(card: CertificateCard) -> CertificateOut:
    return CertificateOut(
        kind=card.kind,
        stars=card.stars,
        number=card.number,
        issuer=card.issuer,
        scope=card.scope,
        valid_from=card.valid_from,
        valid_until=card.valid_until,
        then=card.then,
        now=card.now,
    )


def _quantity(value: Decimal, unit: str) -> QuantityOut:
    plain = f"{value:f}"
    return QuantityOut(value=plain.rstrip("0").rstrip(".") if "." in plain else plain, unit=unit)


def _page(code: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('trace:lot', args=[code])}"


def _next(wanted: LotFilter, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query: dict[str, str | int] = {"after": cursor, "limit": wanted.limit}
    if wanted.state is not PublicState.ISSUED:
        query["state"] = wanted.state.value
    if wanted.commune:
        query["commune"] = wanted.commune
    return f"{LIST_ADDRESS}?{urlencode(query)}"
