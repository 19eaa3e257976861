"""Who has received a notice: known at the hub."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from langso.communication.announcements import access
from langso.communication.announcements.models import Notice
from langso.communication.announcements.queries.notices import WHY, NoticeCard, card_of, notice_card, standing
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune
from langso.kernel.link.publishing import addressed_to
from langso.kernel.link.receipts import Receipt, ReceiptState, Told, hosted_communes, receipt_of, receipts_of


@dataclass(frozen=True, slots=True)
class NoticeReceipt:
    """A notice that is addressed to a commune, and whether the commune has it."""

    notice: NoticeCard
    state: ReceiptState
    read_at: datetime | None


def receipts(actor: Actor, *, notice_id: UUID) -> list[Receipt]:
    """Every commune to which a notice is addressed, with what is known of it. Raises `NotHere`, also on a box."""
    require(access.can_see_receipts(actor), actor)
    card = notice_card(actor, notice_id=notice_id)
    withdrawn = Told("communication.announcements.notice_withdrawn", {"notice_id": str(notice_id)})
    return receipts_of(
        _published(notice_id), withdrawn=withdrawn if card.withdrawn_at else None, communes=card.communes
    )


def notices_received(*, commune: str) -> list[NoticeReceipt]:
    """At the hub, for the province's other pages: the current notices that are addressed to a commune."""
    with every_commune(WHY):
        rows = Notice.objects.filter(standing(clock.today()), addressed_to(commune), commune="")
    hosted = commune in hosted_communes()
    return [
        NoticeReceipt(card_of(row), *receipt_of(_published(row.pk), commune=commune, hosted=hosted))
        for row in rows.order_by("-published_at")
    ]


def _published(notice_id: UUID) -> Told:
    return Told("communication.announcements.notice_published", {"notice__notice_id": str(notice_id)})
