"""At a box: what it tells the hub of itself. Coarse values, so that they change rarely and cost few bytes."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from langso import __version__
from langso.kernel.backup.queries import backup_age
from langso.kernel.disk import room
from langso.kernel.journal.queries import anchor, parked_cards, waiting_count
from langso.kernel.journal.services import identity
from langso.kernel.link.models import Incident, Quarantined, Uplink

MB: Final = 1024 * 1024
STEP: Final = 16 * MB
NARROW: Final = 20
"""Percent of a disk free below which each percent is told."""

_told: list[dict[str, Any]] = []


def own_state(link: Uplink) -> dict[str, Any]:
    """Version, disk, what waits for a person, clock, backup; and the hash of the whole journal, which anchors also what
    never travels: it cannot be rewritten later without the hub's last report showing it."""
    free, whole = room(settings.DATA)
    position, chain = anchor()
    return {
        "version": __version__,
        **written_upto(),
        "disk_free_percent": _coarse_percent(free, whole),
        "database_mb": round(_bytes_of_database() / STEP) * STEP // MB,
        "parked": len(parked_cards()),
        "backlog": waiting_count(),
        "quarantined": Quarantined.objects.filter(settled_at=None).count(),
        "incidents": Incident.objects.filter(settled_at=None).count(),
        "clock_offset_s": round(-link.offset_ms / 60_000) * 60,
        "backup_hours": _half_days(backup_age()),
        "position": position,
        "chain": chain,
    }


def written_upto() -> dict[str, Any]:
    """This node's epoch, and the last sequence that it wrote in it: what the hub lacks of it is on its way."""
    here = identity()
    return {"epoch": here.epoch, "last": here.seq}


def _coarse_percent(free: int, whole: int) -> int:
    """In steps of five, and of one where it gets narrow."""
    percent = 100 * free / whole
    return round(percent) if percent < NARROW else round(percent / 5) * 5


def _bytes_of_database() -> int:
    """What the database takes on the disk."""
    if connection.vendor == "sqlite":
        file = Path(str(settings.DATABASES["default"]["NAME"]))
        return file.stat().st_size if file.is_file() else 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


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
