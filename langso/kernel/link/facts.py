"""What a hub knows of a box, as frozen facts: no Django, no database, so that pure rules can judge them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

FORK: Final = "FORK"
"""The kind of incident in which two machines use one identity."""


@dataclass(frozen=True, slots=True)
class OpenIncident:
    kind: str
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Holding:
    """What the hub holds of a node: how many entries, when the last arrived, and when its writer wrote that one."""

    entries: int = 0
    received_at: datetime | None = None
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """One box. `state` is a `NodeState`; `seen_at` when it last asked anything, `greeted_at` since when it is there.

    `behind`: entries that it said it has written and that are not here. `report`: what it last said of itself, by the
    names of `reporting.own_state`. `quarantined`: its entries in quarantine here.
    """

    node: str
    name: str
    communes: tuple[str, ...]
    state: str
    why: str
    joined_at: datetime
    ended_at: datetime | None
    seen_at: datetime | None
    greeted_at: datetime | None
    version: str
    held: Holding
    behind: int
    down: int
    down_at: datetime | None
    report: Mapping[str, Any]
    reported_at: datetime | None
    quarantined: int
    incidents: tuple[OpenIncident, ...]


@dataclass(frozen=True, slots=True)
class KeyFacts:
    id: str
    given_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """A code that was made. `used_by` is the node that used it; `replaces` the one that got new hardware."""

    commune: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_by: str
    replaces: str


@dataclass(frozen=True, slots=True)
class HomeFacts:
    node: str
    name: str
    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of Viet Nam: what travelled, in entries and bytes, and what the box last said of itself on it."""

    date: date
    entries: int
    bytes_up: int
    bytes_down: int
    report: Mapping[str, Any]
