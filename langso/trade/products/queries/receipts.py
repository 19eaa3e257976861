"""Who has received a standard: known at the hub."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune
from langso.kernel.link.publishing import addressed_to
from langso.kernel.link.receipts import Receipt, ReceiptState, Told, hosted_communes, receipt_of, receipts_of
from langso.trade.products import access
from langso.trade.products.models import Standard
from langso.trade.products.queries.standards import WHY, StandardCard, card_of, standard_card


@dataclass(frozen=True, slots=True)
class StandardReceipt:
    """A standard that is addressed to a commune, and whether the commune has it."""

    standard: StandardCard
    state: ReceiptState
    read_at: datetime | None


def receipts(actor: Actor, *, standard_id: UUID) -> list[Receipt]:
    """Every commune to which a standard is addressed, with what is known of it. Raises `NotHere`, also on a box."""
    require(access.can_see_receipts(actor), actor)
    card = standard_card(actor, standard_id=standard_id)
    withdrawn = Told("trade.products.standard_withdrawn", {"standard_id": str(standard_id)})
    return receipts_of(
        _published(standard_id), withdrawn=withdrawn if card.withdrawn_at else None, communes=card.communes
    )


def standards_received(*, commune: str) -> list[StandardReceipt]:
    """At the hub, for the province's other pages: the standards in force that are addressed to a commune."""
    with every_commune(WHY):
        rows = Standard.objects.filter(addressed_to(commune), commune="", withdrawn_at=None)
        cards = [card_of(row) for row in rows.order_by("-published_at")]
    hosted = commune in hosted_communes()
    return [StandardReceipt(card, *receipt_of(_published(card.id), commune=commune, hosted=hosted)) for card in cards]


def _published(standard_id: UUID) -> Told:
    return Told("trade.products.standard_published", {"standard__standard_id": str(standard_id)})
