"""Builders of notices, as they come down from a hub."""

from datetime import date
from uuid import UUID

from langso.communication.announcements import services
from langso.communication.announcements.events import NoticeFacts, NoticePublished
from langso.communication.announcements.rules import Audience, Urgency
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.ids import new_id


def make_notice(
    *,
    title: str = "Nghỉ chợ phiên",
    text: str = "Chợ phiên tuần này nghỉ.",
    urgency: Urgency = Urgency.ORDINARY,
    audience: Audience = Audience.EVERYBODY,
    until_date: date | None = None,
    communes: tuple[str, ...] = (),
    issuer: str = "Sở Nông nghiệp và Môi trường",
) -> UUID:
    """A notice that came down; returns its id."""
    facts = NoticeFacts(
        notice_id=new_id(), title={"vi": title}, text={"vi": text}, urgency=urgency.value, audience=audience.value,
        until_date=until_date, issuer=issuer, communes=communes,
    )  # fmt: skip
    services.take_notice(system(), told=NoticePublished(notice=facts), told_at=clock.now())
    return facts.notice_id
