"""Entries that came before what they speak of: they wait, visibly and not for ever, and are tried again by themselves.

A listener raises `ParentMissing` when it cannot do its work because something must come first: a certificate of a
product that is not here yet. The entry is set aside for this listener and the listener goes on. After others were heard
it is tried again; after `LONGEST` it is parked for an operator. There is room for `MOST` of them a listener.
"""

import logging
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from langso.kernel import clock
from langso.kernel.journal.gate import GateClosed
from langso.kernel.journal.listeners import Listener, listener_called
from langso.kernel.journal.models import Entry, ParkedEntry
from langso.kernel.journal.services import writing

log = logging.getLogger(__name__)

LONGEST: Final = timedelta(days=5)
MOST: Final = 10_000
AT_ONCE: Final = 100

Hear = Callable[[Listener, Entry], None]


class ParentMissing(Exception):
    """What an entry speaks of is not here yet. `what` names it for people: `product:<id>`."""

    def __init__(self, what: str) -> None:
        self.what = what[:80]
        super().__init__(f"waits for {self.what}")


def set_aside(listener: Listener, entry: Entry, missing: ParentMissing) -> None:
    """Let an entry wait for a listener, inside the transaction that moves its cursor."""
    is_full = ParkedEntry.objects.filter(listener=listener.name, settled_at=None).exclude(waits_for="").count() >= MOST
    ParkedEntry.objects.create(
        listener=listener.name,
        entry=entry,
        error=f"{missing}, and the backlog is full" if is_full else str(missing),
        attempts=1,
        parked_at=clock.now(),
        waits_for="" if is_full else missing.what,
    )


def try_again(hear: Hear) -> int:
    """Let listeners hear what waits, oldest first; returns how many entries no longer wait."""
    waiting = ParkedEntry.objects.filter(settled_at=None).exclude(waits_for="").select_related("entry")
    return sum(_try(parked, hear) for parked in waiting.order_by("parked_at", "pk")[:AT_ONCE])


def _try(parked: ParkedEntry, hear: Hear) -> bool:
    listener = listener_called(parked.listener)
    try:
        if listener is None:
            raise LookupError(f"this program has no {parked.listener} any more")
        with writing():
            claimed = ParkedEntry.objects.filter(pk=parked.pk, settled_at=None)
            if not claimed.update(settled_at=clock.now(), outcome="RETRIED"):
                return False
            hear(listener, parked.entry)
    except GateClosed:
        return False
    except ParentMissing as missing:
        if clock.now() - parked.parked_at < LONGEST:
            return False
        _park(parked, f"{missing} for {LONGEST.days} days")
    except Exception:
        _park(parked, traceback.format_exc(limit=-8))
    return True


def _park(parked: ParkedEntry, error: str) -> None:
    log.error("%s: an entry that waited is parked: %s", parked.listener, error.splitlines()[-1])
    ParkedEntry.objects.filter(pk=parked.pk, settled_at=None).update(waits_for="", error=error, parked_at=clock.now())
