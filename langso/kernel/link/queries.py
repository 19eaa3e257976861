"""How the link is, for the desk, the command and programs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from langso.kernel.errors import Text
from langso.kernel.journal.queries import own_epochs
from langso.kernel.journal.services import identity
from langso.kernel.link import homes, texts
from langso.kernel.link.models import (
    CommuneHome,
    Confirmed,
    Incident,
    Node,
    NodeState,
    Quarantined,
    Received,
    Report,
    Uplink,
)
from langso.kernel.link.receiving import SAME_ID
from langso.kernel.link.sending import waiting


def status() -> dict[str, Any]:
    """The state of this node's link: at a box its hub and what waits, at a hub its boxes and how far they are."""
    here = identity()
    said: dict[str, Any] = {
        "node": here.node,
        "epoch": here.epoch,
        "role": "hub" if homes.is_hub() else "commune",
        "quarantined": quarantined_count(),
        "incidents": incident_count(),
    }
    return said | (_as_hub() if homes.is_hub() else _as_box())


def _as_box() -> dict[str, Any]:
    link = Uplink.objects.first()
    if link is None:
        return {"joined": False}
    return {
        "joined": True,
        "hub": link.url,
        "state": link.state,
        "up": link.connected_at is not None,
        "connected_at": _iso(link.connected_at),
        "contact_at": _iso(link.contact_at),
        "failing_since_at": _iso(link.failing_since_at),
        "error": link.error,
        "clock_offset_ms": -link.offset_ms,
        "last": own_epochs(),
        "confirmed": {row.epoch: row.upto for row in Confirmed.objects.all()},
        "confirmed_at": _iso(
            Confirmed.objects.order_by("-confirmed_at").values_list("confirmed_at", flat=True).first()
        ),
        "waiting": waiting(),
        "down": link.down,
        "down_at": _iso(link.down_at),
    }


def _as_hub() -> dict[str, Any]:
    homes_of, held = _communes_by_node(), _held_by_node()
    reports = dict(Report.objects.values_list("node", "state"))
    return {
        "nodes": [
            {
                "node": node.pk,
                "name": node.name,
                "state": node.state,
                "why": node.why,
                "communes": homes_of.get(node.pk, []),
                "seen_at": _iso(node.seen_at),
                "version": node.version,
                "held": held.get(node.pk, {}),
                "down": node.down,
                "down_at": _iso(node.down_at),
                "report": reports.get(node.pk, {}),
            }
            for node in Node.objects.order_by("name")
        ]
    }


def status_lines() -> list[str]:
    """The same for a person at a terminal."""
    said = status()
    lines = [f"this node: {said['node']} ({said['role']})"]
    if said["role"] == "hub":
        lines += [
            f"{node['name']} {node['node']} {node['state']}: {sum(node['held'].values())} entries held, "
            f"last heard of {node['seen_at'] or 'never'}"
            for node in said["nodes"]
        ] or ["no box has joined"]
    elif not said["joined"]:
        lines.append("no hub: langso link join URL CODE")
    else:
        lines.append(f"hub: {said['hub']}, {'connected' if said['up'] else 'not connected'} {said['error']}".rstrip())
        lines.append(f"state: {said['state']}; {said['waiting']} entries wait; last contact {said['contact_at']}")
    lines.append(f"open incidents: {said['incidents']}, in quarantine: {said['quarantined']}")
    return lines


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


@dataclass(frozen=True, slots=True)
class LinkCard:
    """This box's link in words. `waiting`: entries that the hub has not confirmed."""

    hub: str
    level: str
    sentence: str
    error: Text
    waiting: int
    confirmed_at: datetime | None
    contact_at: datetime | None
    clock_offset_s: int


@dataclass(frozen=True, slots=True)
class BoxCard:
    """A box as its hub knows it. `held`: how many of its entries are here."""

    node: str
    name: str
    communes: tuple[str, ...]
    state: Text
    level: str
    why: str
    seen_at: datetime | None
    version: str
    held: int


@dataclass(frozen=True, slots=True)
class IncidentCard:
    id: UUID
    node: str
    what: Text
    to_do: Text
    detail: str
    times: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class QuarantinedCard:
    """An entry that waits for an operator. `can_enter`: it can be let in, once its reason is gone."""

    id: UUID
    node: str
    seq: int
    commune: str
    kind: str
    reason: Text
    can_enter: bool
    received_at: datetime


SHOWN = 100


def link_card() -> LinkCard | None:
    """The link of this box; None where it joined no hub."""
    link = Uplink.objects.first()
    if link is None:
        return None
    count = waiting()
    return LinkCard(
        hub=link.url,
        level=texts.link_level(link),
        sentence=texts.link_sentence(link, count),
        error=texts.fault_sentence(link.error),
        waiting=count,
        confirmed_at=_last_confirmed(),
        contact_at=link.contact_at,
        clock_offset_s=round(-link.offset_ms / 1000),
    )


@dataclass(frozen=True, slots=True)
class LinkLine:
    """The link of this box in one line, for everybody who works at it."""

    level: str
    sentence: str


def link_line() -> LinkLine | None:
    """None at a hub, and at a box that joined none: there is nothing to say."""
    link = None if homes.is_hub() else Uplink.objects.first()
    if link is None:
        return None
    return LinkLine(texts.link_level(link), texts.desk_sentence(link, waiting(), _last_confirmed()))


def box_cards() -> list[BoxCard]:
    """The boxes of this hub, by name."""
    communes = _communes_by_node()
    held = _held_by_node()
    return [
        BoxCard(
            node=node.pk,
            name=node.name,
            communes=tuple(communes.get(node.pk, ())),
            state=texts.STATES[node.state],
            level=texts.STATE_LEVELS[NodeState(node.state)],
            why=node.why,
            seen_at=node.seen_at,
            version=node.version,
            held=sum(held.get(node.pk, {}).values()),
        )
        for node in Node.objects.filter(role="commune").order_by("name")
    ]


def incident_count() -> int:
    return Incident.objects.filter(settled_at=None).count()


def incident_cards() -> list[IncidentCard]:
    """Open incidents, the newest first."""
    return [
        IncidentCard(
            id=row.pk,
            node=row.node,
            what=texts.INCIDENTS.get(row.kind, row.kind),
            to_do=texts.WHAT_TO_DO.get(row.kind, ""),
            detail=row.detail,
            times=row.times,
            first_at=row.first_at,
            last_at=row.last_at,
        )
        for row in Incident.objects.filter(settled_at=None).order_by("-last_at")[:SHOWN]
    ]


def quarantined_count() -> int:
    return Quarantined.objects.filter(settled_at=None).count()


def quarantined_cards() -> list[QuarantinedCard]:
    """Entries in quarantine, oldest first, at most `SHOWN`."""
    return [
        QuarantinedCard(
            id=row.pk,
            node=row.node,
            seq=row.seq,
            commune=row.commune,
            kind=row.kind,
            reason=texts.REASONS.get(row.reason, row.reason),
            can_enter=row.reason != SAME_ID,
            received_at=row.received_at,
        )
        for row in Quarantined.objects.filter(settled_at=None).order_by("received_at", "seq")[:SHOWN]
    ]


def _last_confirmed() -> datetime | None:
    return Confirmed.objects.order_by("-confirmed_at").values_list("confirmed_at", flat=True).first()


def _communes_by_node() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for home in CommuneHome.objects.filter(to_at=None).order_by("commune"):
        found.setdefault(home.node, []).append(home.commune)
    return found


def _held_by_node() -> dict[str, dict[str, int]]:
    held: dict[str, dict[str, int]] = {}
    for row in Received.objects.all():
        held.setdefault(row.node, {})[row.epoch] = row.upto
    return held
