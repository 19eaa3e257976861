"""Writing down what became of a backup and what a check found."""

from collections.abc import Sequence
from datetime import datetime

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.backup.access import can_tend_backups
from langso.kernel.backup.events import BackupNotTaken, BackupTaken, FaultsFound
from langso.kernel.backup.failures import BackupFailed
from langso.kernel.backup.models import Backup, Check
from langso.kernel.backup.taking import Taken
from langso.kernel.journal.services import emit, service


@service
def note_backup(actor: Actor, *, place: str, started_at: datetime, taken: Taken) -> None:
    """Write down a finished backup and what its check found."""
    require(can_tend_backups(actor), actor)
    Backup.objects.create(
        place=place[-300:],
        snapshot=taken.name,
        taken_at=started_at,
        finished_at=clock.now(),
        position=taken.position,
        files=taken.files,
        size=taken.size,
        added=taken.added,
        faults=len(taken.faults),
    )
    emit(
        actor,
        BackupTaken(snapshot=taken.name, position=taken.position, added=taken.added, faults=len(taken.faults)),
    )
    note_check(actor, source=Check.Source.BACKUP, faults=taken.faults)


@service
def note_failure(actor: Actor, *, place: str, started_at: datetime, failure: BackupFailed) -> None:
    """Write down a backup that failed, so that the desk can say so."""
    require(can_tend_backups(actor), actor)
    Backup.objects.create(
        place=place[-300:],
        taken_at=started_at,
        finished_at=clock.now(),
        code=failure.code,
        error=str(failure),
    )
    emit(actor, BackupNotTaken(code=failure.code))


@service
def note_check(actor: Actor, *, source: str, faults: Sequence[str]) -> None:
    """Write down what a check of all records found; that nothing was found is written too."""
    require(can_tend_backups(actor), actor)
    last = Check.objects.order_by("-id").first()
    if not faults and last is not None and not last.faults and last.source == source:
        Check.objects.filter(pk=last.pk).update(checked_at=clock.now())
        return
    Check.objects.create(source=source, checked_at=clock.now(), faults=list(faults))
    if faults:
        emit(actor, FaultsFound(source=source, count=len(faults)))
