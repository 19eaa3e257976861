"""Listeners: functions that read the journal. A domain declares them in `listeners.py`.

    @on(HarvestRecorded)
    def issue_lot(entry: Heard[HarvestRecorded]) -> None:
        trace.services.issue_lot(system(entry.commune), harvest_id=entry.fact.harvest_id)

Each listener has its own durable cursor, moved in the transaction of its work: exactly once in effect. It hears what
concerns communes that are at home on this node, whoever wrote it: also wishes from elsewhere, also what was taken back
after a restore. `@on(LotIssued, copies=True)` hears every entry, also of communes at home elsewhere: so a copy is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from langso.kernel.journal.events import all_versions, card_of

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class Heard(Generic[Fact]):
    """A journal entry as a listener gets it. The commune's scope is open while the listener runs.

    `foreign`: another node wrote it, `node`, or this one did in an epoch that its tables do not remember. `to` is the
    commune to which a wish is addressed. `at_home`: what it concerns is changed on this node; where it is not, whoever
    keeps copies writes one.
    """

    entry_id: UUID
    position: int
    commune: str
    fact: Fact
    actor: UUID | None
    on_behalf_of: UUID | None
    recorded_at: datetime
    occurred_at: datetime | None
    node: str = ""
    foreign: bool = False
    to: str = ""
    at_home: bool = True


@dataclass(frozen=True, slots=True)
class Listener:
    """`name` is the durable name of the cursor: `<pillar>.<domain>.<function>`. `until` ends the way of a catch-up."""

    name: str
    kinds: tuple[str, ...]
    hear: Callable[[Heard[Any]], None]
    copies: bool = False
    until: int | None = None


LISTENERS: dict[str, Listener] = {}


Hear = Callable[[Heard[Fact]], None]


def on(*facts: type[Fact], copies: bool = False) -> Callable[[Hear[Fact]], Hear[Fact]]:
    """Let a function hear every entry of these kinds, and of their older versions, from the first this node holds."""

    def register(hear: Hear[Fact]) -> Hear[Fact]:
        home = ".".join(part for part in hear.__module__.split(".")[1:] if part != "listeners")
        name = f"{home}.{hear.__name__}"
        if name in LISTENERS:
            raise ImproperlyConfigured(f"two listeners are called {name}")
        kinds = tuple(kind for fact in facts for kind in all_versions(card_of(fact).kind))
        LISTENERS[name] = Listener(name, kinds, hear, copies)
        return hear

    return register


def listener_called(name: str) -> Listener | None:
    """The listener of a cursor or of a parked entry, also of one that is catching up (`<listener>~<id>`)."""
    return LISTENERS.get(name.partition("~")[0])
