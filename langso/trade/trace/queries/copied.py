"""Lots of communes that are at home on another node, told from what that node sent."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from langso.kernel import clock
from langso.kernel.access.scope import commune_scope, every_commune
from langso.kernel.errors import NotHere
from langso.kernel.journal.events import from_body
from langso.kernel.units import Unit
from langso.trade.products.queries import (
    CertificateCard,
    MakerCard,
    ProductCard,
    copied_certificates,
    copied_product,
)
from langso.trade.trace.events import LotFacts, LotIssued
from langso.trade.trace.models import ActCopy, ActLine, HoldCopy, Kind, LotCopy, Origin, State
from langso.trade.trace.queries.page import HoldCard, LotLink, LotPage, Supplied, field_values, issued_lot, lot_page
from langso.trade.trace.queries.quantities import packs_text, quantity_text
from langso.trade.trace.queries.way import KIND_ICONS, WayItem
from langso.trade.trace.rules.field_sets import field_set_on

FACTS = "trade.trace.lot_issued.v1"


def page_of_lot(code: str, *, today: date) -> LotPage:
    """The page of an issued lot, in whatever commune: at home here, or as its home told it. Raises `NotHere`."""
    lot = issued_lot(code)
    if lot is not None:
        with commune_scope(lot.commune):
            return lot_page(lot, today=today)
    with every_commune("a code on a label names no commune"):
        copy = LotCopy.objects.filter(code=code, issued_at__isnull=False).first()
    if copy is None:
        raise NotHere(_("This code was never issued."))
    with commune_scope(copy.commune):
        return copied_page(copy, today=today)


def is_copied(code: str) -> bool:
    """Whether the lot with this code is at home on another node, and here is a copy of it."""
    return LotCopy.objects.filter(code=code).exists()


def facts_of_copy(copy: LotCopy) -> LotFacts:
    """What the lot's home said of it."""
    told: Any = from_body(FACTS, {"lot": copy.facts})
    assert isinstance(told, LotIssued)
    return told.lot


def copied_page(copy: LotCopy, *, today: date) -> LotPage:
    """The page of a copied lot. The field's diary stays with its commune and is not told here."""
    facts = facts_of_copy(copy)
    product = copied_product(product_id=facts.product_id) if facts.product_id else None
    keeper = MakerCard(facts.organisation_id, None, facts.keeper, "") if facts.keeper else None
    maker = MakerCard(None, None, facts.maker, facts.place_name)
    holds = copied_holds(copy.pk)
    fields = field_set_on(facts.produced_date)
    way = _way(copy, facts, holds)
    return LotPage(
        id=copy.pk,
        commune=copy.commune,
        code=copy.code,
        state=copy.state,
        product=product,
        product_name=copy.product_name,
        keeper=keeper,
        maker=maker,
        place_code=facts.place_code,
        place_name=facts.place_name,
        produced_date=facts.produced_date,
        is_harvest=facts.harvest_id is not None,
        quantity=facts.quantity,
        unit=facts.unit,
        packed_date=facts.packed_date,
        pack_text=_packs(facts),
        expiry_date=facts.expiry_date,
        is_expired=facts.expiry_date is not None and facts.expiry_date < today,
        issued_at=copy.issued_at,
        withdrawn_reason=copy.withdrawn_reason if copy.state == State.WITHDRAWN else "",
        way=way,
        diary=(),
        steps_told=0,
        steps_checked=0,
        concerns=(),
        late_entries=0,
        holds=holds,
        certificates=_certificates(facts, today),
        parents=_neighbours(copy.pk, is_made=True),
        children=_neighbours(copy.pk, is_made=False),
        field_set=fields,
        fields=field_values(fields, _supplied(copy, facts, product, len(way))),
        picture=product.pictures[0] if product and product.pictures else "",
        told_at=copy.told_at,
    )


def copied_holds(lot_id: UUID) -> tuple[HoldCard, ...]:
    """Why a copied lot is or was held, oldest first. Names of people stay with their commune."""
    return tuple(
        HoldCard(
            id=hold.pk,
            reason=hold.reason,
            held_at=hold.held_at,
            held_by_name="",
            cause_ended_at=None,
            released_at=hold.released_at,
            released_by_name="",
            release_reason=hold.release_reason,
        )
        for hold in HoldCopy.objects.filter(lot_id=lot_id).order_by("held_at", "pk")
    )


def _supplied(copy: LotCopy, facts: LotFacts, product: ProductCard | None, steps: int) -> Supplied:
    return Supplied(
        product_name=str(copy.product_name),
        has_picture=bool(product and product.pictures),
        maker=", ".join(part for part in (facts.keeper or facts.maker, facts.place_name) if part),
        steps=steps,
        code=copy.code,
        place_code=facts.place_code,
        days=(facts.produced_date, facts.packed_date),
        brand=facts.brand,
        expiry_date=facts.expiry_date,
        standard=facts.standard,
    )


def _packs(facts: LotFacts) -> str:
    if facts.pack_count is None or facts.pack_content is None or facts.pack_content_unit is None:
        return ""
    return packs_text(facts.pack_count, facts.pack_content, facts.pack_content_unit)


def _certificates(facts: LotFacts, today: date) -> tuple[CertificateCard, ...]:
    if facts.product_id is None:
        return ()
    return tuple(copied_certificates(product_id=facts.product_id, day=facts.produced_date, today=today))


def _neighbours(lot_id: UUID, *, is_made: bool) -> tuple[LotLink, ...]:
    acts = ActLine.objects.filter(lot_id=lot_id, is_made=is_made).values("act")
    others = ActLine.objects.filter(act__in=acts, is_made=not is_made).values("lot_id")
    rows = LotCopy.objects.filter(pk__in=others).order_by("produced_date", "pk")
    return tuple(LotLink(row.code, row.product_name, row.issued_at is not None) for row in rows)


def _way(copy: LotCopy, facts: LotFacts, holds: tuple[HoldCard, ...]) -> tuple[WayItem, ...]:
    items = [_beginning(facts)] if facts.origin != Origin.MADE else []
    lines = ActLine.objects.filter(lot_id=copy.pk)
    items += [_act(act) for act in ActCopy.objects.filter(pk__in=lines.values("act"))]
    if facts.packed_date is not None:
        items.append(WayItem(facts.packed_date, _("Packed"), _packs(facts), "package"))
    if copy.issued_at is not None:
        items.append(WayItem(clock.local_date(copy.issued_at), _("Lot issued"), "", "qr-code", "info"))
    for hold in holds:
        items.append(WayItem(clock.local_date(hold.held_at), _("Held"), hold.reason, "stop", "danger"))
        if hold.released_at is not None:
            day = clock.local_date(hold.released_at)
            items.append(WayItem(day, _("Released"), hold.release_reason, "circle-check", "ok"))
    return tuple(sorted(items, key=lambda item: item.at))


def _beginning(facts: LotFacts) -> WayItem:
    title = _("Harvest") if facts.harvest_id is not None else _("Production")
    return WayItem(facts.produced_date, title, quantity_text(facts.quantity, facts.unit), "package")


def _act(act: ActCopy) -> WayItem:
    parts = [f"{_amounts(act.taken)} → {_amounts(act.made)}"]
    if act.told.get("note"):
        parts.append(act.told["note"])
    title = str(Kind(act.kind).label)
    return WayItem(act.done_date, title, " · ".join(parts), KIND_ICONS.get(act.kind, "refresh-cw"))


def _amounts(told: list[dict[str, Any]]) -> str:
    return ", ".join(quantity_text(Decimal(each["quantity"]), Unit(each["unit"])) for each in told)
