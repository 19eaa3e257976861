"""Single lots: rows for this domain's services, cards for its pages and for others."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from langso.community.organisations.queries import organisation_card
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere
from langso.kernel.text import Translated
from langso.kernel.units import Unit
from langso.trade.products.queries import ProductCard, maker_card, product_card, product_choices
from langso.trade.trace import access
from langso.trade.trace.events import LotFacts, LotQuantity
from langso.trade.trace.models import Hold, Lot, LotQuerySet


@dataclass(frozen=True, slots=True)
class LotCard:
    """A lot as others may know it. `held`: it may not move or be sold now."""

    id: UUID
    code: str
    product_id: UUID | None
    product_name: Translated
    organisation_id: UUID | None
    household_id: UUID | None
    produced_date: date
    quantity: Decimal
    available: Decimal
    unit: Unit
    expiry_date: date | None
    state: str
    held: bool
    issued_at: datetime | None


def lot_in_scope(lot_id: UUID) -> Lot:
    """The row in the open commune. Raises `NotHere`."""
    lot = Lot.objects.select_related("place").filter(pk=lot_id).first()
    if lot is None:
        raise NotHere(_("This lot is not known here."))
    return lot


def seen_lot(actor: Actor, lot_id: UUID) -> Lot:
    """The row, when the actor works with it; others learn nothing about it here (`NotHere`)."""
    require(actor.signed_in or actor.is_system, actor)
    lot = lot_in_scope(lot_id)
    if not access.can_see_lot(actor, lot):
        raise NotHere(_("This lot is not known here."))
    return lot


def lots_of(actor: Actor) -> LotQuerySet:
    """The lots that the actor works with, for the desk's list."""
    return Lot.objects.managed_by(actor, household_id=access.own_household(actor))


def lot_card(*, lot_id: UUID) -> LotCard:
    """A lot of the open commune in whatever state. Raises `NotHere`."""
    lot = lot_in_scope(lot_id)
    return LotCard(
        id=lot.pk,
        code=lot.code,
        product_id=lot.product_id,
        product_name=lot.product_name,
        organisation_id=lot.organisation_id,
        household_id=lot.household_id,
        produced_date=lot.produced_date,
        quantity=lot.quantity,
        available=lot.available,
        unit=Unit(lot.unit),
        expiry_date=lot.expiry_date,
        state=lot.state,
        held=is_held(lot),
        issued_at=lot.issued_at,
    )


def lot_of_harvest(*, harvest_id: UUID) -> UUID | None:
    """The lot that a harvest of the diary became, or None while the listener has not made it."""
    return Lot.objects.filter(harvest_id=harvest_id).values_list("pk", flat=True).first()


def is_held(lot: Lot) -> bool:
    return Hold.objects.filter(lot=lot, released_at__isnull=True).exists()


def product_of(lot: Lot) -> ProductCard | None:
    return product_card(product_id=lot.product_id) if lot.product_id else None


def products_for(lot: Lot) -> list[ProductCard]:
    """What goods a lot may be: the products of the one who keeps it."""
    if lot.organisation_id is not None:
        return product_choices(organisation_id=lot.organisation_id, household_id=None)
    return product_choices(organisation_id=None, household_id=lot.household_id)


def keeper_name(lot: Lot) -> str:
    """The cooperative that keeps the lot, or nothing where the household keeps it itself."""
    return organisation_card(organisation_id=lot.organisation_id).name if lot.organisation_id else ""


def maker_name(lot: Lot) -> str:
    """Who grew or made it, as the public may know."""
    maker = maker_card(organisation_id=None if lot.household_id else lot.organisation_id, household_id=lot.household_id)
    return str(maker.name)


def facts_of(lot: Lot) -> LotFacts:
    """A lot's whole public state, for the journal."""
    product = product_of(lot)
    return LotFacts(
        lot_id=lot.pk,
        code=lot.code,
        commune=lot.commune,
        product_id=lot.product_id,
        product_name=lot.product_name.to_json(),
        organisation_id=lot.organisation_id,
        keeper=keeper_name(lot),
        maker=maker_name(lot),
        origin=lot.origin,
        season_id=lot.season_id,
        harvest_id=lot.harvest_id,
        place_code=lot.place.code if lot.place else "",
        place_name=lot.place.name if lot.place else "",
        produced_date=lot.produced_date,
        quantity=lot.quantity,
        unit=Unit(lot.unit),
        available=lot.available,
        standard=product.standard if product else "",
        brand=product.brand if product else "",
        packed_date=lot.packed_date,
        pack_unit=Unit(lot.pack_unit) if lot.pack_unit else None,
        pack_content=lot.pack_content,
        pack_content_unit=Unit(lot.pack_content_unit) if lot.pack_content_unit else None,
        pack_count=lot.pack_count,
        expiry_date=lot.expiry_date,
        state=lot.state,
    )


def quantity_of(lot: Lot, quantity: Decimal) -> LotQuantity:
    return LotQuantity(lot_id=lot.pk, code=lot.code, quantity=quantity, unit=Unit(lot.unit))
