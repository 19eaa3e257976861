"""Reads of the journal for screens, checks and other modules."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from langso.kernel import clock
from langso.kernel.journal.listeners import LISTENERS
from langso.kernel.journal.models import Cursor, Entry, Head, ParkedEntry, PastEpoch, WorkerSign

SHOWN = 200
"""Of parked or waiting entries, on one page."""


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
    waits_for: str


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


def retry_is_due() -> bool:
    """Whether a listener waits to try an entry again, and the time for it has come."""
    return Cursor.objects.filter(retry_at__lte=clock.now()).exists()


def listener_cards() -> list[ListenerCard]:
    """Every listener of this program, with the entries of its kinds that it has not heard yet."""
    cursors = {cursor.listener: cursor for cursor in Cursor.objects.all()}
    cards = []
    for name, listener in sorted(LISTENERS.items()):
        cursor = cursors.get(name) or Cursor(listener=name)
        behind = Entry.objects.filter(kind__in=listener.kinds, position__gt=cursor.position, history=False).count()
        cards.append(ListenerCard(name, cursor.position, behind, cursor.last_error))
    return cards


def parked_cards() -> list[ParkedCard]:
    """Parked entries that nobody has settled yet, oldest first."""
    return _cards(ParkedEntry.objects.filter(settled_at=None, waits_for=""))


def waiting_cards() -> list[ParkedCard]:
    """Entries in the backlog, oldest first, at most `SHOWN`: each waits for something that must come first."""
    return _cards(ParkedEntry.objects.filter(settled_at=None).exclude(waits_for=""))[:SHOWN]


def waiting_count() -> int:
    return ParkedEntry.objects.filter(settled_at=None).exclude(waits_for="").count()


def _cards(parked: QuerySet[ParkedEntry]) -> list[ParkedCard]:
    return [
        ParkedCard(
            row.id,
            row.listener,
            row.entry.kind,
            row.entry.position,
            row.entry.commune,
            row.error,
            row.attempts,
            row.parked_at,
            row.waits_for,
        )
        for row in parked.select_related("entry").order_by("parked_at")[:SHOWN]
    ]


def tells_of(commune: str, *, beside: tuple[str, ...]) -> bool:
    """Whether this node itself wrote anything about a commune, besides kinds that begin in one of these ways."""
    written = Entry.objects.filter(commune=commune, foreign=False)
    for beginning in beside:
        written = written.exclude(kind__startswith=beginning)
    return written.exists()


def epoch_began_at(epoch: str) -> int:
    """The position of the first entry of this node's present epoch, written or to come; 1 for any other epoch."""
    head = Head.objects.first()
    if head is None or head.epoch != epoch:
        return 1
    last: int | None = PastEpoch.objects.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def own_epochs() -> dict[str, int]:
    """This node's epochs, oldest first, each with its last sequence."""
    head = Head.objects.first()
    if head is None:
        return {}
    past = PastEpoch.objects.filter(seq__gt=0).order_by("position").values_list("epoch", "seq")
    return dict(past) | {head.epoch: head.seq}


def anchor() -> tuple[int, str]:
    """The last position and the hash over everything up to it, as hex: whoever keeps them can tell a later change."""
    head = Head.objects.first()
    return (head.position, bytes(head.chain).hex()) if head else (0, "")


def is_held(entry_id: UUID) -> bool:
    """Whether an entry with this id stands in the journal."""
    return Entry.objects.filter(pk=entry_id).exists()


def listeners_are_past(position: int) -> bool:
    """Whether every listener has read everything of its kinds up to a position of the journal."""
    cursors = dict(Cursor.objects.values_list("listener", "position"))
    return not any(
        Entry.objects.filter(
            kind__in=listener.kinds, position__gt=cursors.get(name, 0), position__lte=position, history=False
        ).exists()
        for name, listener in LISTENERS.items()
    )
