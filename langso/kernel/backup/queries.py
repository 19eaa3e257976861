"""How old the last backup is, and whether what is kept here is whole."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.backup.access import can_see_backups
from langso.kernel.backup.models import Backup, Check

WARN_AFTER: Final = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class BackupCard:
    """One backup that was tried. Sizes in bytes; `code` is empty when it was taken."""

    place: str
    snapshot: str
    taken_at: datetime
    size: int
    added: int
    files: int
    faults: int
    code: str
    error: str


@dataclass(frozen=True, slots=True)
class CheckCard:
    """What the last check of all records found."""

    source: str
    checked_at: datetime
    faults: tuple[str, ...]


def backup_age() -> timedelta | None:
    """How long ago the last sound backup began; None when there is none. Never negative, whatever the clock did."""
    taken_at = Backup.objects.filter(code="", faults=0).order_by("-id").values_list("taken_at", flat=True).first()
    return None if taken_at is None else max(clock.now() - taken_at, timedelta(0))


def backup_is_late() -> bool:
    """Whether the operator has to be warned: no sound backup within 48 hours."""
    age = backup_age()
    return age is None or age > WARN_AFTER


def backup_cards(actor: Actor, *, most: int = 30) -> list[BackupCard]:
    """The last backups that were tried, newest first."""
    require(can_see_backups(actor), actor)
    return [
        BackupCard(
            row.place, row.snapshot, row.taken_at, row.size, row.added, row.files, row.faults, row.code, row.error
        )
        for row in Backup.objects.order_by("-id")[:most]
    ]


def check_card() -> CheckCard | None:
    """The last check of all records, or None when there was none."""
    row = Check.objects.order_by("-id").first()
    return None if row is None else CheckCard(row.source, row.checked_at, tuple(row.faults))
