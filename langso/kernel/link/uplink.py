"""At a box: how its link is, kept for the desk. Written when something changes, else rarely: cards wear out."""

import time
from datetime import timedelta
from typing import Final

from langso.kernel import clock
from langso.kernel.link import incidents, joining, keys
from langso.kernel.link.models import NodeState, Uplink
from langso.kernel.link.refusals import Clash, LinkRefusal, Retired, Revoked, Stopped

WRITTEN_EVERY: Final = timedelta(minutes=5)
CLOCKS_APART: Final = 5 * 60 * 1000
"""Milliseconds between this clock and the hub's from which on it is an incident."""
OFFSET_KEPT: Final = 2_000
"""Milliseconds by which a newly measured offset differs before it is written down."""
JUST_JOINED: Final = timedelta(seconds=60)
ENDS: Final[dict[type[Exception], NodeState]] = {
    Stopped: NodeState.STOPPED,
    Clash: NodeState.STOPPED,
    Retired: NodeState.RETIRED,
    Revoked: NodeState.REVOKED,
}


def active() -> Uplink | None:
    """The link, when this box has joined a hub that lets it in."""
    return Uplink.objects.filter(state=NodeState.ACTIVE).first()


def was_just_joined() -> bool:
    """Whether there is a link that has never worked yet, or not for a minute since it was joined."""
    link = active()
    return link is not None and (link.contact_at is None or link.contact_at < link.joined_at)


def cursor() -> str:
    """How far this box has read what goes down, for the hub."""
    return Uplink.objects.only("down_epoch", "down").get().cursor


def note_contact(*, hub_ms: int | None = None, began: float = 0.0) -> None:
    """The hub answered. `hub_ms`: its time; `began`: when it was asked, by this clock, in seconds since 1970."""
    now, link = clock.now(), Uplink.objects.get()
    said: dict[str, object] = {}
    if link.failing_since_at or link.connected_at is None:
        said = {"failing_since_at": None, "error": "", "connected_at": now}
    if hub_ms is not None:
        offset = round(hub_ms - (began + time.time()) / 2 * 1000)
        if abs(offset - link.offset_ms) > OFFSET_KEPT:
            said["offset_ms"] = offset
        _judge_clock(link, offset)
    if said or link.contact_at is None or now - link.contact_at >= WRITTEN_EVERY or link.contact_at < link.joined_at:
        Uplink.objects.filter(pk=link.pk).update(contact_at=now, **said)


def set_clock(hub_ms: int) -> None:
    """The hub refused the time of a signature and said its own: sign with that from now on."""
    offset = hub_ms - int(time.time() * 1000)
    Uplink.objects.update(offset_ms=offset)
    _judge_clock(Uplink.objects.get(), offset)


def note_fault(fault: Exception) -> None:
    """The link failed: remember since when and why, and obey when the hub ended this node."""
    now, link = clock.now(), Uplink.objects.get()
    if isinstance(fault, Revoked) and _finished_rotation(link):
        return
    state = ENDS.get(type(fault), link.state)
    said = fault.code if isinstance(fault, LinkRefusal) else str(fault)
    if state == link.state and link.failing_since_at and link.error == said[:200]:
        return
    if state == NodeState.STOPPED != link.state:
        incidents.note(incidents.FORK, detail="the hub stopped this node: two machines wrote with its identity")
    Uplink.objects.filter(pk=link.pk).update(
        state=state, error=said[:200], failing_since_at=link.failing_since_at or now, connected_at=None
    )


def _finished_rotation(link: Uplink) -> bool:
    """A key was being changed when the link was cut: perhaps the hub has the new one already."""
    if not keys.has_next_key():
        return False
    try:
        joining.finish_rotation(joining.hub_of(link))
    except Exception:
        return False
    keys.promote_next_key()
    return True


def _judge_clock(link: Uplink, offset: int) -> None:
    if abs(offset) > CLOCKS_APART:
        incidents.note(incidents.CLOCK, node=link.hub, detail=f"this clock is {round(-offset / 1000)} s off the hub's")
