"""Notices of the province. They go down to the communes whole."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from langso.kernel.journal.events import Reach, event


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """A notice as the province publishes it; `title` and `text` in two languages.

    `urgency`: ORDINARY, IMPORTANT, URGENT. `audience`: EVERYBODY, STAFF. `until_date`: its last day, None when it has
    none. `communes`: the codes of those to which it is addressed; none means all.
    """

    notice_id: UUID
    title: dict[str, str]
    text: dict[str, str]
    urgency: str
    audience: str
    until_date: date | None
    issuer: str
    communes: tuple[str, ...] = ()


@event(version=1, reach=Reach.COMMUNES)
class NoticePublished:
    """The province published a notice: it goes down to every commune, or to each that it is addressed to."""

    notice: NoticeFacts


@event(version=1, reach=Reach.COMMUNES)
class NoticeWithdrawn:
    """The province took a notice back, wherever it went."""

    notice_id: UUID
    reason: str
