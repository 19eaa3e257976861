"""Driving imports in tests and in the demo: from a file to its result, through the real services and passes."""

from uuid import UUID

from langso.kernel.access.actors import Actor
from langso.kernel.imports import services
from langso.kernel.imports.models import ImportRun, Mode, State
from langso.kernel.imports.passes import work


def work_off(run_id: UUID) -> None:
    """Do the run's background work here and now, as the worker would."""
    while work(run_id):
        pass


def check_file(actor: Actor, *, kind: str, content: bytes, name: str = "table.csv") -> UUID:
    """Upload a file, take the columns that the engine guesses, and check it. Returns the run's id."""
    run_id = services.upload(actor, kind=kind, content=content, name=name)
    run = ImportRun.objects.get(pk=run_id)
    services.match_columns(
        actor, run_id=run_id, sheet=run.sheet, heading_row=run.heading_row, columns=dict(run.columns)
    )
    work_off(run_id)
    return run_id


def import_file(
    actor: Actor, *, kind: str, content: bytes, name: str = "table.csv", mode: Mode = Mode.GOOD_ROWS
) -> UUID:
    """`check_file`, then import what can be imported. Returns the run's id."""
    run_id = check_file(actor, kind=kind, content=content, name=name)
    services.start(actor, run_id=run_id, mode=mode)
    work_off(run_id)
    return run_id


def state_of(run_id: UUID) -> State:
    """Where the run stands."""
    return State(ImportRun.objects.get(pk=run_id).state)
