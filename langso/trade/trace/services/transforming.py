"""Acts that turn lots into lots: split, merge, process. Mass is never created.

What is taken is claimed by a conditional update (`available >= taken`), lot by lot in the order of their ids, so that
two people at once cannot take the same kilogram twice and cannot block each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid
from langso.kernel.journal.services import emit, service
from langso.kernel.text import fold, nfc
from langso.kernel.units import Unit
from langso.trade.trace import access
from langso.trade.trace.events import LotsMerged, LotSplit, LotsProcessed
from langso.trade.trace.models import UNCHANGED, Kind, Lot, Origin, ProductionPlace, State, Taken, Transformation
from langso.trade.trace.queries.lots import facts_of, products_for, quantity_of, seen_lot
from langso.trade.trace.rules.mass import Amount, Balance, MassCreated, UnitsDiffer, balance, packs_in, writable
from langso.trade.trace.services.places import place_of_maker
from langso.trade.trace.services.recording import create, positive
from langso.trade.trace.services.refusals import (
    CannotBeWeighed,
    DateOutOfOrder,
    DifferentGoods,
    MoreThanWentIn,
    NotEnough,
)
from langso.trade.trace.services.steps import require_free


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """So much of a lot, in the lot's own unit."""

    lot_id: UUID
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Made:
    """So much of a product of the keeper."""

    product_id: UUID
    quantity: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class _Input:
    lot: Lot
    quantity: Decimal


@service
def split_lot(
    actor: Actor, *, lot_id: UUID, quantities: Sequence[Decimal], done_date: date, note: str = ""
) -> list[UUID]:
    """Take one or more parts out of a lot, each with a code of its own; the rest stays. Returns the new lots' ids.

    Parts of a packed lot are whole packs and keep its dates. Raises `NotEnough`, `LotIsHeld`, `DateOutOfOrder`.
    """
    if not 1 <= len(quantities) <= 50:
        raise Invalid(_("A lot is split into one to fifty parts at a time."))
    parts = [positive(quantity) for quantity in quantities]
    inputs = _inputs(actor, [TakenFrom(lot_id, sum(parts, Decimal(0)))], done_date)
    source = inputs[0].lot
    act = _write(actor, Kind.SPLIT, inputs, _nothing_lost(inputs), done_date, note)
    children = [_part(source, quantity, act) for quantity in parts]
    for child in children:
        create(actor, child)
    emit(
        actor,
        LotSplit(
            transformation_id=act.pk,
            done_date=done_date,
            taken=quantity_of(source, inputs[0].quantity),
            made=tuple(facts_of(child) for child in children),
            note=act.note,
        ),
    )
    return [child.pk for child in children]


@service
def merge_lots(actor: Actor, *, taken: Sequence[TakenFrom], done_date: date, note: str = "") -> UUID:
    """Put lots of the same product together into one. Returns the new lot's id.

    The new lot is as old as its oldest part, and keeps no longer than the part that ends first.
    Raises `DifferentGoods`, `CannotBeWeighed`, `NotEnough`, `LotIsHeld`, `DateOutOfOrder`.
    """
    if len(taken) < 2:
        raise Invalid(_("Choose at least two lots to merge."))
    inputs = _inputs(actor, taken, done_date)
    lots = [entry.lot for entry in inputs]
    if len({_keeper(lot) for lot in lots}) > 1 or len({_goods_of(lot) for lot in lots}) > 1:
        raise DifferentGoods()
    weighed = _nothing_lost(inputs)
    whole = writable(Amount(weighed.made, weighed.unit), [Unit(lot.unit) for lot in lots])
    act = _write(actor, Kind.MERGE, inputs, weighed, done_date, note)
    merged = Lot(
        product_id=lots[0].product_id,
        product_name=lots[0].product_name,
        organisation_id=lots[0].organisation_id,
        household_id=_only_household(lots),
        origin=Origin.MADE,
        made_by=act,
        place=_only_place(lots),
        produced_date=min(lot.produced_date for lot in lots),
        quantity=whole.quantity,
        unit=whole.unit,
        expiry_date=_first_end(lots),
    )
    create(actor, merged)
    emit(
        actor,
        LotsMerged(
            transformation_id=act.pk,
            done_date=done_date,
            taken=tuple(quantity_of(entry.lot, entry.quantity) for entry in inputs),
            made=facts_of(merged),
            note=act.note,
        ),
    )
    return merged.pk


@service
def process_lots(
    actor: Actor,
    *,
    kind: Kind,
    taken: Sequence[TakenFrom],
    made: Sequence[Made],
    done_date: date,
    lost: Amount | None = None,
    note: str = "",
) -> list[UUID]:
    """Dry, mill, mix, cook or sort lots into other goods of the same keeper. Returns the new lots' ids.

    Without `lost`, all that is missing counts as lost; with it, what is missing besides stays visible as unaccounted.
    Raises `MoreThanWentIn`, `CannotBeWeighed`, `DifferentGoods` for lots of several keepers, `NotEnough`, `LotIsHeld`.
    """
    if kind in (Kind.SPLIT, Kind.MERGE) or not taken or not 1 <= len(made) <= 20:
        raise Invalid(_("Choose what is done, from which lots, and what came out."))
    inputs = _inputs(actor, taken, done_date)
    lots = [entry.lot for entry in inputs]
    if len({_keeper(lot) for lot in lots}) > 1:
        raise DifferentGoods()
    out = [Amount(positive(goods.quantity), goods.unit) for goods in made]
    weighed = _weigh([Amount(entry.quantity, Unit(entry.lot.unit)) for entry in inputs], out, lost)
    _require_own_products(lots[0], made)
    act = _write(actor, kind, inputs, weighed, done_date, note)
    children = [_goods(lots, goods, act) for goods in made]
    for child in children:
        create(actor, child)
    emit(
        actor,
        LotsProcessed(
            transformation_id=act.pk,
            kind=kind,
            done_date=done_date,
            taken=tuple(quantity_of(entry.lot, entry.quantity) for entry in inputs),
            made=tuple(facts_of(child) for child in children),
            unit=weighed.unit,
            lost=weighed.lost,
            unaccounted=weighed.unaccounted,
            note=act.note,
        ),
    )
    return [child.pk for child in children]


def _inputs(actor: Actor, taken: Sequence[TakenFrom], done_date: date) -> list[_Input]:
    """The lots with what is taken from each, allowed, free, of that day or earlier, and claimed."""
    if len({part.lot_id for part in taken}) < len(taken):
        raise Invalid(_("A lot was chosen twice."))
    inputs = [_Input(seen_lot(actor, part.lot_id), positive(part.quantity)) for part in taken]
    for entry in inputs:
        require(access.can_manage_lot(actor, entry.lot), actor)
        require_free(entry.lot)
        if not entry.lot.produced_date <= done_date <= clock.today():
            raise DateOutOfOrder()
    for entry in sorted(inputs, key=lambda entry: entry.lot.pk):
        open_lots = Lot.objects.exclude(state__in=(State.WITHDRAWN, State.SOLD_OUT))
        claimed = open_lots.filter(pk=entry.lot.pk, available__gte=entry.quantity)
        if not claimed.update(available=F("available") - entry.quantity):
            raise NotEnough()
    return inputs


def _weigh(taken: Sequence[Amount], made: Sequence[Amount], lost: Amount | None) -> Balance:
    try:
        return balance(taken, made, lost)
    except MassCreated:
        raise MoreThanWentIn() from None
    except UnitsDiffer:
        raise CannotBeWeighed() from None


def _nothing_lost(inputs: Sequence[_Input]) -> Balance:
    """The same goods come out as went in."""
    amounts = [Amount(entry.quantity, Unit(entry.lot.unit)) for entry in inputs]
    return _weigh(amounts, amounts, None)


def _write(
    actor: Actor, kind: Kind, inputs: Sequence[_Input], weighed: Balance, done_date: date, note: str
) -> Transformation:
    act = Transformation.objects.create(
        kind=kind,
        done_date=done_date,
        unit=weighed.unit,
        lost=weighed.lost,
        unaccounted=weighed.unaccounted,
        note=nfc(note).strip()[:300],
        recorded_at=clock.now(),
        by=actor.account_id,
        by_name=actor.name,
    )
    Taken.objects.bulk_create(Taken(transformation=act, lot=entry.lot, quantity=entry.quantity) for entry in inputs)
    return act


def _part(source: Lot, quantity: Decimal, act: Transformation) -> Lot:
    return Lot(
        product_id=source.product_id,
        product_name=source.product_name,
        organisation_id=source.organisation_id,
        household_id=source.household_id,
        origin=Origin.MADE,
        made_by=act,
        place=source.place,
        produced_date=source.produced_date,
        quantity=quantity,
        unit=source.unit,
        packed_date=source.packed_date,
        pack_unit=source.pack_unit,
        pack_content=source.pack_content,
        pack_content_unit=source.pack_content_unit,
        pack_count=whole_packs(source, quantity),
        expiry_date=source.expiry_date,
    )


def whole_packs(lot: Lot, quantity: Decimal) -> int | None:
    """How many packs a part of a lot is, or None while it is not packed. Raises `Invalid` for a part of a pack."""
    if lot.pack_content is None:
        return None
    packs = packs_in(Amount(quantity, Unit(lot.unit)), Amount(lot.pack_content, Unit(lot.pack_content_unit)))
    if packs is None:
        raise Invalid(_("This lot is packed: split it by whole packs."))
    return packs


def _goods(lots: Sequence[Lot], goods: Made, act: Transformation) -> Lot:
    unchanged = act.kind in UNCHANGED
    return Lot(
        product_id=goods.product_id,
        organisation_id=lots[0].organisation_id,
        household_id=_only_household(lots),
        origin=Origin.MADE,
        made_by=act,
        place=(unchanged and _only_place(lots))
        or place_of_maker(organisation_id=lots[0].organisation_id, household_id=_only_household(lots)),
        produced_date=min(lot.produced_date for lot in lots) if unchanged else act.done_date,
        quantity=positive(goods.quantity),
        unit=goods.unit,
        expiry_date=_first_end(lots) if unchanged else None,
    )


def _require_own_products(lot: Lot, made: Sequence[Made]) -> None:
    own = {product.id for product in products_for(lot)}
    if any(goods.product_id not in own for goods in made):
        raise Invalid(_("Choose a product of the one who keeps this lot."))


def _keeper(lot: Lot) -> tuple[UUID | None, UUID | None]:
    return lot.organisation_id, None if lot.organisation_id else lot.household_id


def _goods_of(lot: Lot) -> UUID | str:
    """The product, or what the diary calls it while nobody has said which product it is."""
    return lot.product_id or fold(lot.product_name.vi)


def _only_household(lots: Sequence[Lot]) -> UUID | None:
    households = {lot.household_id for lot in lots}
    return households.pop() if len(households) == 1 else None


def _only_place(lots: Sequence[Lot]) -> ProductionPlace | None:
    places = {lot.place_id: lot.place for lot in lots}
    return next(iter(places.values())) if len(places) == 1 else None


def _first_end(lots: Sequence[Lot]) -> date | None:
    return min((lot.expiry_date for lot in lots if lot.expiry_date is not None), default=None)
