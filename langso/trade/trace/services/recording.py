"""How a lot comes into the world: from a harvest of the diary, or by hand for goods that no diary tells of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid
from langso.kernel.ids import public_code
from langso.kernel.journal.services import emit, service
from langso.kernel.text import Translated, fold
from langso.kernel.units import Unit
from langso.trade.products.queries import maker_card, product_named
from langso.trade.trace import access
from langso.trade.trace.events import LotCorrected, LotRecorded
from langso.trade.trace.models import Lot, Origin, State
from langso.trade.trace.queries.lots import facts_of, product_of, products_for, seen_lot
from langso.trade.trace.rules.mass import PLACES
from langso.trade.trace.services.holding import hold_for_concerns, put_hold
from langso.trade.trace.services.places import place_of_maker, place_of_plot
from langso.trade.trace.services.refusals import DateOutOfOrder, NotInThatState
from langso.trade.trace.services.steps import move, step


@dataclass(frozen=True, slots=True)
class Harvest:
    """A harvest as the diary tells of it."""

    harvest_id: UUID
    season_id: UUID
    plot_id: UUID
    household_id: UUID
    organisation_id: UUID | None
    product_id: UUID | None
    product_name: str
    harvest_date: date
    quantity_kg: Decimal


@service
def record_harvest(actor: Actor, *, harvest: Harvest) -> UUID | None:
    """Make a lot of a harvest; the same harvest makes one lot, however often it is told. Returns the lot's id.

    Serious concerns that are open on the season hold the lot at once. A harvest of nothing makes no lot (None).
    """
    known = Lot.objects.filter(harvest_id=harvest.harvest_id).values_list("pk", flat=True).first()
    if known is not None or harvest.quantity_kg < PLACES:
        return known
    product_id = harvest.product_id or product_named(
        name=harvest.product_name,
        organisation_id=harvest.organisation_id,
        household_id=None if harvest.organisation_id else harvest.household_id,
    )
    lot = Lot(
        product_id=product_id,
        product_name=Translated(vi=harvest.product_name),
        organisation_id=harvest.organisation_id,
        household_id=harvest.household_id,
        origin=Origin.HARVEST,
        harvest_id=harvest.harvest_id,
        season_id=harvest.season_id,
        place=place_of_plot(harvest.plot_id),
        produced_date=harvest.harvest_date,
        quantity=harvest.quantity_kg,
        unit=Unit.KG,
    )
    create(actor, lot)
    emit(actor, LotRecorded(lot=facts_of(lot)))
    hold_for_concerns(actor, lots=[lot], season_id=harvest.season_id)
    return lot.pk


@service
def record_lot(
    actor: Actor,
    *,
    product_id: UUID,
    quantity: Decimal,
    unit: Unit,
    produced_date: date,
    organisation_id: UUID | None = None,
    household_id: UUID | None = None,
) -> UUID:
    """Write down a lot of goods that no diary tells of. Returns its id. Raises `Invalid`, `DateOutOfOrder`."""
    if organisation_id is None and household_id is None:
        raise Invalid(_("Say who makes it: one household or one organisation."))
    require(access.can_record_lot(actor, organisation_id=organisation_id, household_id=household_id), actor)
    if produced_date > clock.today():
        raise DateOutOfOrder(fields={"produced_date": _("This day has not come yet.")})
    maker_card(organisation_id=organisation_id, household_id=None if organisation_id else household_id)
    lot = Lot(
        product_id=product_id,
        organisation_id=organisation_id,
        household_id=household_id,
        origin=Origin.HAND,
        place=place_of_maker(organisation_id=organisation_id, household_id=household_id),
        produced_date=produced_date,
        quantity=positive(quantity),
        unit=unit,
    )
    _require_own_product(lot, product_id)
    create(actor, lot)
    emit(actor, LotRecorded(lot=facts_of(lot)))
    return lot.pk


@service
def name_product(actor: Actor, *, lot_id: UUID, product_id: UUID) -> None:
    """Say which product of its keeper a recorded lot is. Raises `NotInThatState` once its labels may be out."""
    lot = seen_lot(actor, lot_id)
    require(access.can_manage_lot(actor, lot), actor)
    _require_own_product(lot, product_id)
    if not Lot.objects.filter(pk=lot.pk, state=State.RECORDED).update(product_id=product_id):
        raise NotInThatState()
    lot.refresh_from_db()
    describe(lot)
    lot.save(update_fields=["product_name", "search_text"])
    emit(actor, LotCorrected(lot=facts_of(lot)))


@service
def correct_harvest(actor: Actor, *, harvest_id: UUID, quantity_kg: Decimal, harvest_date: date) -> None:
    """The diary's harvest was corrected. An untouched lot follows; one that moved already is held, with the reason."""
    lot = Lot.objects.filter(harvest_id=harvest_id).first()
    if lot is None or (lot.quantity == quantity_kg and lot.produced_date == harvest_date):
        return
    untouched = Lot.objects.filter(pk=lot.pk, state=State.RECORDED, available=lot.quantity, packed_date__isnull=True)
    if quantity_kg >= PLACES and untouched.update(
        quantity=quantity_kg, available=quantity_kg, produced_date=harvest_date
    ):
        lot.refresh_from_db()
        emit(actor, LotCorrected(lot=facts_of(lot)))
        return
    put_hold(actor, lot=lot, reason=str(_("The harvest was corrected in the diary after this lot had moved.")))


@service
def strike_harvest(actor: Actor, *, harvest_id: UUID) -> None:
    """The diary's harvest was struck through: its lot is withdrawn before issue, held after."""
    lot = Lot.objects.filter(harvest_id=harvest_id).exclude(state=State.WITHDRAWN).first()
    if lot is None:
        return
    reason = str(_("The harvest was struck through in the diary."))
    if lot.state == State.RECORDED and lot.available == lot.quantity:
        move(actor, lot, State.WITHDRAWN, since=(State.RECORDED,), reason=reason)
        emit(actor, LotCorrected(lot=facts_of(lot)), reason=reason)
    else:
        put_hold(actor, lot=lot, reason=reason)


@service
def restore_harvest(actor: Actor, *, harvest_id: UUID) -> None:
    """The strike was taken back: a lot that was withdrawn for it stands again. A hold waits for a person."""
    lot = Lot.objects.filter(harvest_id=harvest_id, state=State.WITHDRAWN, issued_at__isnull=True).first()
    if lot is None:
        return
    reason = str(_("The harvest stands again in the diary."))
    move(actor, lot, State.RECORDED, since=(State.WITHDRAWN,), reason=reason)
    emit(actor, LotCorrected(lot=facts_of(lot)), reason=reason)


def create(actor: Actor, lot: Lot) -> None:
    """Give a lot its code and write it down with its first step."""
    lot.code = public_code()
    lot.available = lot.quantity
    lot.recorded_at = clock.now()
    describe(lot)
    lot.save(force_insert=True)
    step(actor, lot, State.RECORDED)


def describe(lot: Lot) -> None:
    """Take the name from the product, and write what the list is searched by."""
    product = product_of(lot)
    if product is not None:
        lot.product_name = product.name
    lot.search_text = fold(" ".join((lot.code, *lot.product_name.texts())))[:400]


def positive(quantity: Decimal) -> Decimal:
    """A quantity to the thousandth of its unit. Raises `Invalid` for nothing or less, or for a finer one."""
    kept = quantity.quantize(PLACES)
    if kept != quantity:
        raise Invalid(_("Write at most three decimals."))
    if kept <= 0:
        raise Invalid(_("Write a quantity above zero."))
    return kept


def _require_own_product(lot: Lot, product_id: UUID) -> None:
    if product_id not in {product.id for product in products_for(lot)}:
        raise Invalid(
            _("Choose a product of the one who keeps this lot."),
            fields={"product": _("Choose a product of the one who keeps this lot.")},
        )
