"""How long an import can be taken back, and what is deleted then: the file, and what became of each row."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.imports.events import ImportFileForgotten
from langso.kernel.imports.models import BACKGROUND, ImportRun, RowResult, RunStep, State
from langso.kernel.imports.steps import ordered_by, step
from langso.kernel.imports.storing import forget
from langso.kernel.journal.services import emit, service

KEPT: Final = timedelta(days=30)
"""How long an import can be taken back after it was finished."""
UNUSED: Final = timedelta(days=7)
"""How long a file waits that was uploaded and never imported."""
_NEVER_IMPORTED: Final = (State.UPLOADED, State.CHECKED, State.CANCELLED)


def kept_until(run: ImportRun) -> datetime:
    """When the run's file and rows are deleted."""
    if run.state in _NEVER_IMPORTED or run.finished_at is None:
        return run.created_at + UNUSED
    return run.finished_at + KEPT


@service
def forget_file(actor: Actor, run: ImportRun) -> None:
    """Delete the uploaded file: nobody needs it any more. Once."""
    if ImportRun.objects.filter(pk=run.pk, file_gone_at=None).update(file_gone_at=clock.now()):
        forget(actor, run)
        step(run, actor, RunStep.What.FORGOTTEN)
        emit(actor, ImportFileForgotten(run_id=run.id, file_sha256=run.file_sha256))


@service
def expire(*, run_id: UUID) -> datetime | None:
    """Delete the run's file and rows if their time is over; otherwise the time to come back at."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        return None
    if run.state in (*BACKGROUND, State.STOPPED):
        return clock.now() + UNUSED
    if kept_until(run) > clock.now():
        return kept_until(run)
    if run.state in _NEVER_IMPORTED:
        ImportRun.objects.filter(pk=run_id, state=run.state).update(state=State.CANCELLED)
    forget_file(ordered_by(run), run)
    RowResult.objects.filter(run=run).delete()
    return None
