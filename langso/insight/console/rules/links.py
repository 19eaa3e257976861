"""How a commune's link is, as the hub sees it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from langso.kernel.link.facts import BoxFacts

AWAY_AFTER: Final = timedelta(minutes=3)
"""A box asks at least every 50 seconds, and what it asks is written down every 30."""


class Link(StrEnum):
    """`AWAY`: joined and not heard of just now. `HOSTED`: the hub keeps the commune's records itself."""

    UP = "UP"
    AWAY = "AWAY"
    STOPPED = "STOPPED"
    REVOKED = "REVOKED"
    INVITED = "INVITED"
    HOSTED = "HOSTED"
    NONE = "NONE"


LEVELS: Final = {
    Link.UP: "ok",
    Link.AWAY: "info",
    Link.STOPPED: "danger",
    Link.REVOKED: "danger",
    Link.INVITED: "plain",
    Link.HOSTED: "ok",
    Link.NONE: "plain",
}
ENDED: Final = {"STOPPED": Link.STOPPED, "REVOKED": Link.REVOKED}


@dataclass(frozen=True, slots=True)
class LinkState:
    """`since_at`: since when it is so; None where nobody knows."""

    link: Link
    since_at: datetime | None = None


def link_of_box(box: BoxFacts, now: datetime) -> LinkState:
    """How the link of a commune that has a box is."""
    if box.state in ENDED:
        return LinkState(ENDED[box.state], box.ended_at)
    if box.seen_at is not None and now - box.seen_at < AWAY_AFTER:
        return LinkState(Link.UP, box.greeted_at or box.joined_at)
    return LinkState(Link.AWAY, box.seen_at or box.joined_at)


def link_without_box(*, hosted: bool, invited: bool) -> LinkState:
    if invited:
        return LinkState(Link.INVITED)
    return LinkState(Link.HOSTED if hosted else Link.NONE)
