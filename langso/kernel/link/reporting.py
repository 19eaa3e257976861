"""At a box: what it tells the hub of itself. Coarse values, so that they change rarely and cost few bytes."""

import shutil
from datetime import timedelta
from typing import Any

from django.conf import settings

from langso import __version__
from langso.kernel.backup.queries import backup_age
from langso.kernel.journal.queries import anchor, parked_cards
from langso.kernel.link.models import Incident, Quarantined, Uplink

_told: list[dict[str, Any]] = []


def own_state(link: Uplink) -> dict[str, Any]:
    """Version, disk, what waits for a person, clock, backup; and the hash of the whole journal, which anchors also what
    never travels: it cannot be rewritten later without the hub's last report showing it."""
    disk = shutil.disk_usage(settings.DATA)
    position, chain = anchor()
    return {
        "version": __version__,
        "disk_free_percent": round(100 * disk.free / disk.total / 5) * 5,
        "parked": len(parked_cards()),
        "quarantined": Quarantined.objects.filter(settled_at=None).count(),
        "incidents": Incident.objects.filter(settled_at=None).count(),
        "clock_offset_s": round(-link.offset_ms / 60_000) * 60,
        "backup_hours": _half_days(backup_age()),
        "position": position,
        "chain": chain,
    }


def _half_days(age: timedelta | None) -> int | None:
    """Hours in steps of twelve; None where there is nothing to count from."""
    return None if age is None else int(age / timedelta(hours=12)) * 12


def changed_state(link: Uplink) -> dict[str, Any]:
    """The state, when it is not what the hub was told last; else empty."""
    state = own_state(link)
    return state if [state] != _told else {}


def note_told(state: dict[str, Any]) -> None:
    """The hub has it."""
    _told[:] = [state]
