"""The province's notices, as their readers see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from langso.communication.announcements import access
from langso.communication.announcements.models import Notice
from langso.communication.announcements.rules import Audience, NoticeState, Urgency, state_of
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.scope import every_commune
from langso.kernel.errors import NotHere
from langso.kernel.link.publishing import addressed_to
from langso.kernel.text import Translated

WHY = "a notice of the province belongs to no commune"

URGENT_FIRST = Case(
    *(When(urgency=urgency, then=Value(place)) for place, urgency in enumerate(reversed(Urgency))),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """`communes`: codes of those to which it is addressed, none means all. `withdrawn_at`: None while it stands."""

    id: UUID
    title: Translated
    text: Translated
    urgency: Urgency
    audience: Audience
    until_date: date | None
    issuer: str
    communes: tuple[str, ...]
    published_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str
    state: NoticeState


def notice_rows(actor: Actor) -> QuerySet[Notice]:
    """The notices that the reader may see, in their own commune; all for the province. For this domain's lists."""
    with every_commune(WHY):
        rows = Notice.objects.filter(commune="")
    if not access.can_read_those_for_staff(actor):
        rows = rows.filter(audience=Audience.EVERYBODY)
    return rows if access.can_read_every_notice(actor) else rows.filter(addressed_to(actor.commune))


def standing(today: date) -> Q:
    """Those that are current on a day."""
    return Q(withdrawn_at=None) & (Q(until_date=None) | Q(until_date__gte=today))


def notice_card(actor: Actor, *, notice_id: UUID) -> NoticeCard:
    """One notice, current or not. Raises `NotHere`, also where it is meant for others."""
    row = notice_rows(actor).filter(pk=notice_id).first()
    if row is None:
        raise NotHere(_("There is no such notice."))
    return card_of(row)


def latest_notices(actor: Actor, *, most: int) -> list[NoticeCard]:
    """The current notices for the reader, the most urgent first and of these the newest."""
    rows = notice_rows(actor).filter(standing(clock.today())).order_by(URGENT_FIRST, "-published_at")
    return [card_of(row) for row in rows[:most]]


def card_of(row: Notice) -> NoticeCard:
    return NoticeCard(
        id=row.pk,
        title=row.title,
        text=row.text,
        urgency=Urgency(row.urgency),
        audience=Audience(row.audience),
        until_date=row.until_date,
        issuer=row.issuer,
        communes=tuple(row.communes.split()),
        published_at=row.published_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        state=state_of(until_date=row.until_date, is_withdrawn=row.withdrawn_at is not None, today=clock.today()),
    )
