"""How the link is, for the desk, the command and programs."""

from datetime import datetime
from typing import Any

from langso.kernel.journal.queries import own_epochs
from langso.kernel.journal.services import identity
from langso.kernel.link import homes
from langso.kernel.link.models import CommuneHome, Confirmed, Incident, Node, Quarantined, Received, Uplink
from langso.kernel.link.sending import waiting


def status() -> dict[str, Any]:
    """The state of this node's link: at a box its hub and what waits, at a hub its boxes and how far they are."""
    here = identity()
    said: dict[str, Any] = {
        "node": here.node,
        "epoch": here.epoch,
        "role": "hub" if homes.is_hub() else "commune",
        "quarantined": Quarantined.objects.filter(settled_at=None).count(),
        "incidents": Incident.objects.filter(settled_at=None).count(),
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
    homes_of: dict[str, list[str]] = {}
    for home in CommuneHome.objects.filter(to_at=None).order_by("commune"):
        homes_of.setdefault(home.node, []).append(home.commune)
    held: dict[str, dict[str, int]] = {}
    for row in Received.objects.all():
        held.setdefault(row.node, {})[row.epoch] = row.upto
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
