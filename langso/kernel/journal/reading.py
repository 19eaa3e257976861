"""How listeners read: in order, each from its own cursor, exactly once in effect.

A step hears up to `BATCH` entries in one transaction that first moves the cursor by conditional update: whoever loses
that race, or dies before commit, has done nothing. When a batch fails, its entries are heard one by one; one that keeps
failing is parked for an operator and the listener goes on. While a gate is closed, a listener waits; nothing is parked.
"""

import logging
import traceback
from contextvars import ContextVar
from datetime import timedelta

from django.db.models import F

from langso.kernel import clock
from langso.kernel.access.scope import commune_scope, every_commune
from langso.kernel.journal import backlog, catching_up
from langso.kernel.journal.backlog import ParentMissing
from langso.kernel.journal.events import from_body
from langso.kernel.journal.gate import GateClosed
from langso.kernel.journal.homes import concerns_home, homes_of
from langso.kernel.journal.listeners import LISTENERS, Heard, Listener
from langso.kernel.journal.models import Cursor, Entry, ParkedEntry
from langso.kernel.journal.queries import last_position
from langso.kernel.journal.services import writing

log = logging.getLogger(__name__)
_hearing: ContextVar[bool] = ContextVar("a_listener_hears", default=False)

BATCH = 100
ATTEMPTS = 3
CLOSED_FOR = timedelta(seconds=5)
RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=5))
LOOKED_THROUGH = 3_000
SKIP_SAVED_EVERY = 1_000
"""A cursor that only passes over other kinds is saved this rarely: a box's card has few writes to spare."""


def read_all() -> int:
    """Let every listener take one step; returns how many entries were heard or parked."""
    end = last_position()
    cursors = Cursor.objects.in_bulk(list(LISTENERS))
    new = _kinds_behind(min((cursor.position for cursor in cursors.values()), default=0), end)
    heard = 0
    for listener in catching_up.before(LISTENERS.values()):
        cursor = cursors.get(listener.name)
        if cursor and new is not None and new.isdisjoint(listener.kinds) and listener.until is None:
            _pass_over(listener, cursor, end)
        else:
            heard += read_step(listener, end=end)
    return heard + backlog.try_again(hear_entry) if heard else 0


def _kinds_behind(position: int, end: int) -> set[str] | None:
    """The kinds of the entries in (position, end]: asked once for all listeners, as most hear none of them.

    None where these are so many that each listener had better look for its own.
    """
    if end - position > LOOKED_THROUGH:
        return None
    entries = Entry.objects.filter(position__gt=position, position__lte=end)
    return set(entries.values_list("kind", flat=True).order_by().distinct())


def read_step(listener: Listener, *, end: int) -> int:
    """One step of one listener up to position `end`; returns how many entries were heard, passed or parked."""
    cursor, _ = Cursor.objects.get_or_create(listener=listener.name)
    if cursor.retry_at and cursor.retry_at > clock.now():
        return 0
    end = end if listener.until is None else min(end, listener.until)
    entries = list(
        Entry.objects.filter(
            position__gt=cursor.position, position__lte=end, kind__in=listener.kinds, history=False
        ).order_by("position")[: 1 if cursor.attempts else BATCH]
    )
    if not entries:
        return _pass_over(listener, cursor, end)
    if len(entries) > 1:
        try:
            return _hear(listener, cursor, entries)
        except (GateClosed, ParentMissing):
            pass
        except Exception:
            log.warning("%s: a batch failed, its entries are heard one by one", listener.name, exc_info=True)
    return _one_by_one(listener, cursor, entries)


def _hear(listener: Listener, cursor: Cursor, entries: list[Entry]) -> int:
    with writing():
        if not _move(cursor, entries[-1].position):
            return 0
        homes = homes_of(entries)  # now that the cursor is claimed: a commune may just have moved
        for entry in entries:
            at_home = concerns_home(entry, homes)
            if listener.copies or at_home:
                hear_entry(listener, entry, at_home=at_home)
    cursor.position, cursor.attempts = entries[-1].position, 0
    return len(entries)


def _one_by_one(listener: Listener, cursor: Cursor, entries: list[Entry]) -> int:
    heard = 0
    for entry in entries:
        try:
            heard += _hear(listener, cursor, [entry])
        except GateClosed as closed:
            return heard + _wait(cursor, closed)
        except ParentMissing as missing:
            heard += _set_aside(listener, cursor, entry, missing)
        except Exception:
            return heard + _failed(listener, cursor, entry)
    return heard


def let_nobody_hear() -> None:
    """Inside a transaction that changes what is at home here, first of all: who hears now ends, who comes waits."""
    list(Cursor.objects.select_for_update().order_by("pk"))


def hear_entry(listener: Listener, entry: Entry, *, at_home: bool | None = None) -> None:
    """Hand one entry to a listener, with its commune open. Erased bodies have nothing left to say.

    `at_home`: whether it concerns what is changed on this node; asked for when it is not given.
    """
    if entry.body.get("erased") is True:
        return
    heard = Heard(
        entry_id=entry.id,
        position=entry.position,
        commune=entry.commune,
        fact=from_body(entry.kind, entry.body),
        actor=entry.actor,
        on_behalf_of=entry.on_behalf_of,
        recorded_at=entry.recorded_at,
        occurred_at=entry.occurred_at,
        node=entry.node,
        foreign=entry.foreign,
        to=entry.to,
        at_home=concerns_home(entry, homes_of([entry])) if at_home is None else at_home,
    )
    commune = entry.to or entry.commune
    opened = commune_scope(commune) if commune else every_commune("the entry concerns the whole node")
    hearing = _hearing.set(True)
    try:
        with opened:
            listener.hear(heard)
    finally:
        _hearing.reset(hearing)


def is_hearing() -> bool:
    """Whether a listener is at work, and no person: it finishes what was written before a gate was closed."""
    return _hearing.get()


def _set_aside(listener: Listener, cursor: Cursor, entry: Entry, missing: ParentMissing) -> int:
    with writing():
        if not _move(cursor, entry.position):
            return 0
        backlog.set_aside(listener, entry, missing)
    cursor.position, cursor.attempts = entry.position, 0
    return 1


def _wait(cursor: Cursor, closed: GateClosed) -> int:
    """Come back to the same entry when the gate may be open again; it counts as no attempt."""
    Cursor.objects.filter(pk=cursor.pk, position=cursor.position).update(
        retry_at=clock.now() + CLOSED_FOR, last_error=str(closed)
    )
    return 0


def _move(cursor: Cursor, position: int) -> bool:
    """Claim the way from where the cursor was read to `position`; False when another worker was faster."""
    moved = Cursor.objects.filter(pk=cursor.pk, position=cursor.position).update(
        position=position, attempts=0, retry_at=None, last_error="", moved_at=clock.now()
    )
    return moved == 1


def _pass_over(listener: Listener, cursor: Cursor, end: int) -> int:
    """Nothing more to hear up to `end`. Returns 1 when a way was caught up on, as its listener goes on at once."""
    if listener.until is not None:
        catching_up.finish(listener)
        return 1
    if end - cursor.position >= SKIP_SAVED_EVERY:
        _move(cursor, end)
    return 0


def _failed(listener: Listener, cursor: Cursor, entry: Entry) -> int:
    """Note a failure on one entry; after the last attempt park it and move on. Returns 1 when it was parked."""
    error = traceback.format_exc(limit=-8)
    attempts = cursor.attempts + 1
    if attempts < ATTEMPTS:
        Cursor.objects.filter(pk=cursor.pk, position=cursor.position).update(
            attempts=F("attempts") + 1, retry_at=clock.now() + RETRY_AFTER[attempts - 1], last_error=error
        )
        return 0
    log.error("%s: entry %s is parked after %d attempts", listener.name, entry.position, attempts)
    with writing():
        if not _move(cursor, entry.position):
            return 0
        ParkedEntry.objects.create(
            listener=listener.name, entry=entry, error=error, attempts=attempts, parked_at=clock.now()
        )
    cursor.position, cursor.attempts = entry.position, 0
    return 1
