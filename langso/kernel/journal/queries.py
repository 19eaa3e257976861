"""Reads of the journal for screens, checks and other modules."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from langso.kernel.journal.models import Cursor, Entry, Head, ParkedEntry, WorkerSign


@dataclass(frozen=True, slots=True)
class ParkedCard:
    """An entry that waits for an operator: which listener failed on it, how and how often."""

    id: UUID
    listener: str
    kind: str
    position: int
    commune: str
    error: str
    attempts: int
    parked_at: datetime


@dataclass(frozen=True, slots=True)
class ListenerCard:
    """How far a listener has read and how many entries of this node it still has before it."""

    name: str
    position: int
    behind: int
    last_error: str


def worker_seen_at() -> datetime | None:
    """When a worker last said that it is alive."""
    seen: datetime | None = WorkerSign.objects.aggregate(last=Max("seen_at"))["last"]
    return seen


def last_position() -> int:
    head = Head.objects.first()
    return head.position if head else 0


def listener_cards() -> list[ListenerCard]:
    end = last_position()
    return [
        ListenerCard(cursor.listener, cursor.position, end - cursor.position, cursor.last_error)
        for cursor in Cursor.objects.order_by("listener")
    ]


def parked_cards() -> list[ParkedCard]:
    """Parked entries that nobody has settled yet, oldest first."""
    parked = ParkedEntry.objects.filter(settled_at=None).select_related("entry").order_by("parked_at")
    return [
        ParkedCard(
            row.id, row.listener, row.entry.kind, row.entry.position, row.entry.commune, row.error, row.attempts,
            row.parked_at,
        )
        for row in parked
    ]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a record's history."""

    kind: str
    actor_name: str
    reason: str
    recorded_at: datetime


def entries_of_kind(kind: str, *, commune: str) -> list[HistoryLine]:
    """All entries of a kind in a commune, oldest first."""
    rows = Entry.objects.filter(kind=kind, commune=commune).order_by("position")
    return [HistoryLine(row.kind, row.actor_name, row.reason, row.recorded_at) for row in rows]
