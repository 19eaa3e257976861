"""Listeners: functions that read the journal. A domain declares them in `listeners.py`.

    @on(HarvestRecorded)
    def issue_lot(entry: Heard[HarvestRecorded]) -> None:
        trace.services.issue_lot(system(entry.commune), harvest_id=entry.fact.harvest_id)

Each listener has its own durable cursor, moved in the transaction of its work: exactly once in effect.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from langso.kernel.journal.events import card_of

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class Heard(Generic[Fact]):
    """A journal entry as a listener gets it. The commune's scope is open while the listener runs."""

    entry_id: UUID
    position: int
    commune: str
    fact: Fact
    actor: UUID | None
    on_behalf_of: UUID | None
    recorded_at: datetime
    occurred_at: datetime | None


@dataclass(frozen=True, slots=True)
class Listener:
    """`name` is the durable name of the cursor: `<pillar>.<domain>.<function>`."""

    name: str
    kinds: tuple[str, ...]
    hear: Callable[[Heard[Any]], None]


LISTENERS: dict[str, Listener] = {}


def on(*facts: type[Fact]) -> Callable[[Callable[[Heard[Fact]], None]], Callable[[Heard[Fact]], None]]:
    """Let a function hear every entry of these kinds, from the first one this node holds."""

    def register(hear: Callable[[Heard[Fact]], None]) -> Callable[[Heard[Fact]], None]:
        home = ".".join(part for part in hear.__module__.split(".")[1:] if part != "listeners")
        name = f"{home}.{hear.__name__}"
        if name in LISTENERS:
            raise ImproperlyConfigured(f"two listeners are called {name}")
        LISTENERS[name] = Listener(name, tuple(card_of(fact).kind for fact in facts), hear)
        return hear

    return register
