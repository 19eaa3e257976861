"""Packing, issuing, selling out and withdrawing a lot."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid
from langso.kernel.journal.services import emit, service
from langso.kernel.units import Unit
from langso.trade.trace import access
from langso.trade.trace.events import LotIssued, LotPacked, LotSoldOut, LotWithdrawn
from langso.trade.trace.models import Lot, State
from langso.trade.trace.queries.lots import facts_of, product_of, seen_lot
from langso.trade.trace.rules.dates import expiry
from langso.trade.trace.rules.mass import Amount, UnitsDiffer, total
from langso.trade.trace.services.holding import sentence
from langso.trade.trace.services.recording import positive
from langso.trade.trace.services.refusals import (
    AlreadyPacked,
    CannotBeWeighed,
    DateOutOfOrder,
    MoreThanWentIn,
    NotInThatState,
    ProductMissing,
    ProductNotPublished,
)
from langso.trade.trace.services.steps import move, require_free


@service
def pack_lot(
    actor: Actor,
    *,
    lot_id: UUID,
    packed_date: date,
    pack_unit: Unit,
    content: Decimal,
    content_unit: Unit,
    count: int,
) -> None:
    """Write down that a lot was packed: `count` packs of `content` each. The day decides until when it keeps.

    Raises `MoreThanWentIn` for more packs than the lot fills, `AlreadyPacked`, `LotIsHeld`, `DateOutOfOrder`.
    """
    lot = seen_lot(actor, lot_id)
    require(access.can_manage_lot(actor, lot), actor)
    require_free(lot)
    if not lot.produced_date <= packed_date <= clock.today():
        raise DateOutOfOrder()
    if not 1 <= count <= 1_000_000:
        raise Invalid(_("Write how many packs there are."), fields={"count": _("Write how many packs there are.")})
    packed = _packed(Amount(positive(content) * count, content_unit), Unit(lot.unit))
    if packed > lot.available:
        raise MoreThanWentIn()
    product = product_of(lot)
    claimed = Lot.objects.filter(
        pk=lot.pk, packed_date__isnull=True, available__gte=packed, state__in=(State.RECORDED, State.ISSUED)
    ).update(
        packed_date=packed_date,
        pack_unit=pack_unit,
        pack_content=content,
        pack_content_unit=content_unit,
        pack_count=count,
        expiry_date=expiry(
            packed=packed_date,
            shelf_life_days=product.shelf_life_days if product else None,
            older=[lot.expiry_date] if lot.expiry_date else [],
        ),
    )
    if not claimed:
        raise AlreadyPacked() if lot.packed_date else NotInThatState()
    lot.refresh_from_db()
    emit(actor, LotPacked(lot=facts_of(lot)))


@service
def issue_lot(actor: Actor, *, lot_id: UUID) -> None:
    """Make a lot public: labels may be printed, buyers see its page.

    Raises `ProductMissing`, `ProductNotPublished`, `LotIsHeld`, `NotInThatState`.
    """
    lot = seen_lot(actor, lot_id)
    require(access.can_manage_lot(actor, lot), actor)
    require_free(lot)
    product = product_of(lot)
    if product is None:
        raise ProductMissing()
    if not product.is_published:
        raise ProductNotPublished()
    move(actor, lot, State.ISSUED, since=(State.RECORDED,))
    emit(actor, LotIssued(lot=facts_of(lot)))


@service
def sell_out(actor: Actor, *, lot_id: UUID) -> None:
    """Write down that nothing of an issued lot is left to sell. Its page stays."""
    lot = seen_lot(actor, lot_id)
    require(access.can_manage_lot(actor, lot), actor)
    move(actor, lot, State.SOLD_OUT, since=(State.ISSUED,))
    emit(actor, LotSoldOut(lot=facts_of(lot)))


@service
def withdraw_lot(actor: Actor, *, lot_id: UUID, reason: str) -> None:
    """Take a lot off the market for good; its page says so. Raises `Invalid` without a reason."""
    lot = seen_lot(actor, lot_id)
    require(access.can_manage_lot(actor, lot), actor)
    said = sentence(reason)
    move(actor, lot, State.WITHDRAWN, since=(State.RECORDED, State.ISSUED, State.SOLD_OUT), reason=said)
    emit(actor, LotWithdrawn(lot=facts_of(lot), reason=said), reason=said)


def _packed(amount: Amount, unit: Unit) -> Decimal:
    try:
        return total([amount], unit)
    except UnitsDiffer:
        raise CannotBeWeighed() from None
