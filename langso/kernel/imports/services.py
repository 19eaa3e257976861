"""Uploading, matching columns, importing, cancelling, undoing. The work itself is done by `passes`, in the worker."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.errors import DomainError, Invalid, Text
from langso.kernel.imports import columns as headings_rules
from langso.kernel.imports.access import importer_for, run_for
from langso.kernel.imports.events import (
    ColumnsMatched,
    ImportCancelled,
    ImportContinued,
    ImportFileUploaded,
    ImportStarted,
    RecordsExported,
    UndoStarted,
)
from langso.kernel.imports.expiry import UNUSED, forget_file
from langso.kernel.imports.importer import ImportField
from langso.kernel.imports.models import Because, ImportRun, Mode, RememberedColumns, RowResult, RunStep, State
from langso.kernel.imports.passes import undo_progress
from langso.kernel.imports.queries import remembered
from langso.kernel.imports.reading.limits import FileEmpty
from langso.kernel.imports.reading.table import Table, open_table, sample
from langso.kernel.imports.steps import step
from langso.kernel.imports.storing import content_of, keep
from langso.kernel.imports.worker import let_expire, set_to_work
from langso.kernel.imports.writing import FileFormat, write_table
from langso.kernel.journal.services import emit, service

_NOT_YET_IMPORTED: Final = (State.UPLOADED, State.CHECKED)


class NotNow(DomainError):
    code = "import_not_now"
    message = _("The import has moved on in the meantime. Look at the page again.")


class AnotherImportRuns(DomainError):
    code = "another_import_runs"
    message = _("Another import of the same kind is running. Wait until it has ended.")


class NothingToImport(DomainError):
    code = "nothing_to_import"
    message = _("No row of this file can be added.")


class SomeRowsRefused(DomainError):
    code = "some_rows_refused"
    message = _("Some rows were refused. Mend them in the file, or import the good rows only.")


class TooLateToUndo(DomainError):
    code = "too_late_to_undo"
    message = _("The time for taking this import back is over.")


class ColumnsRefused(Invalid):
    """The heading or the columns do not do; `fields` are the importer's."""

    code = "columns_refused"


@service
def upload(actor: Actor, *, kind: str, content: bytes, name: str) -> UUID:
    """Keep an uploaded file and find its heading. Nothing is imported yet. Raises children of `FileRefused`."""
    importer = importer_for(actor, kind)
    table = open_table(content)
    sheet, rows = _first_filled(table)
    heading_row = headings_rules.find_heading(rows, importer.fields)
    headings = headings_rules.heading_of(rows, heading_row)
    run = ImportRun.objects.create(
        importer=kind,
        account_id=actor.account_id,
        account_name=actor.name[:120],
        language=get_language() or "vi",
        created_at=clock.now(),
        file_name=name[-200:],
        file_size=len(content),
        file_sha256=sha256(content).hexdigest(),
        kept_sha256=keep(actor, content=content, name=name),
        sheet=sheet,
        heading_row=heading_row,
        headings=headings,
        columns=remembered(kind, headings) or headings_rules.guess(headings, importer.fields),
        rows_expected=table.expected_rows,
    )
    step(run, actor, RunStep.What.UPLOADED)
    let_expire.using(run_after=run.created_at + UNUSED).enqueue(str(run.pk), run.commune)
    emit(
        actor,
        ImportFileUploaded(
            run_id=run.id,
            importer=kind,
            file_name=run.file_name,
            file_size=run.file_size,
            file_sha256=run.file_sha256,
        ),
    )
    return run.id


@service
def match_columns(actor: Actor, *, run_id: UUID, sheet: str, heading_row: int, columns: Mapping[str, int]) -> None:
    """Say which column (from 0) is which field, and have the whole file checked. Remembered for the next such file.

    Raises `ColumnsRefused` when the heading is unusable, a required field has no column, or two fields share one.
    """
    run = run_for(actor, run_id)
    importer = importer_for(actor, run.importer)
    if run.file_gone_at or run.state not in _NOT_YET_IMPORTED:
        raise NotNow()
    rows = sample(open_table(content_of(run)), sheet)
    headings = headings_rules.heading_of(rows, heading_row)
    _require_usable(headings, [row for row in rows if row[0] > heading_row], columns, importer.fields)
    _move(
        run,
        state=State.CHECKING,
        sheet=sheet,
        heading_row=heading_row,
        headings=headings,
        columns=dict(columns),
        language=get_language() or "vi",
        message="",
        rows_done=0,
        attempts=0,
    )
    RememberedColumns.objects.update_or_create(
        importer=run.importer,
        fingerprint=headings_rules.fingerprint(headings),
        defaults={"columns": dict(columns), "used_at": clock.now()},
    )
    step(run, actor, RunStep.What.COLUMNS)
    by_name = {field: headings[column] for field, column in columns.items()}
    emit(actor, ColumnsMatched(run_id=run.id, heading_row=heading_row, columns=by_name))
    set_to_work(run)


@service
def start(actor: Actor, *, run_id: UUID, mode: Mode) -> None:
    """Have a checked file imported. Raises `NothingToImport`, `SomeRowsRefused` (all or none), `AnotherImportRuns`."""
    run = run_for(actor, run_id)
    if run.state != State.CHECKED or run.file_gone_at:
        raise NotNow()
    if not run.accepted + run.repaired:
        raise NothingToImport()
    if mode == Mode.ALL_OR_NOTHING and run.refused:
        raise SomeRowsRefused()
    RowResult.objects.filter(run=run).delete()
    counts = {"rows_done": 0, "accepted": 0, "repaired": 0, "refused": 0, "present": 0, "attempts": 0}
    _move(run, state=State.WRITING, mode=mode, **counts)
    step(run, actor, RunStep.What.STARTED)
    emit(actor, ImportStarted(run_id=run.id, importer=run.importer, mode=mode))
    set_to_work(run)


@service
def cancel(actor: Actor, *, run_id: UUID) -> None:
    """Call an import off. What is written already is taken back; a file that was only checked is deleted."""
    run = run_for(actor, run_id)
    writing = run.state == State.WRITING or (run.state == State.STOPPED and run.stopped_while == State.WRITING)
    if not writing and run.state not in (*_NOT_YET_IMPORTED, State.CHECKING):
        raise NotNow()
    done = run.rows_done
    if writing:
        _move(run, state=State.UNDOING, because=Because.CANCELLED, attempts=0, **undo_progress(run))
    else:
        _move(run, state=State.CANCELLED)
    step(run, actor, RunStep.What.CANCELLED)
    emit(actor, ImportCancelled(run_id=run.id, importer=run.importer, rows_done=done if writing else 0))
    if writing:
        set_to_work(run)
    else:
        forget_file(actor, run)
        RowResult.objects.filter(run=run).delete()


@service
def undo(actor: Actor, *, run_id: UUID) -> None:
    """Take a finished import back, as far as nobody has changed or used its records since. Can be tried again.

    Raises `TooLateToUndo` when the file is gone, `AnotherImportRuns`.
    """
    run = run_for(actor, run_id)
    if run.state not in (State.DONE, State.PARTLY_UNDONE):
        raise NotNow()
    if run.file_gone_at:
        raise TooLateToUndo()
    RowResult.objects.filter(run=run).exclude(kept_because="").update(kept_because="")
    _move(run, state=State.UNDOING, because=Because.ASKED, attempts=0, **undo_progress(run))
    step(run, actor, RunStep.What.UNDO)
    emit(actor, UndoStarted(run_id=run.id, importer=run.importer, because=Because.ASKED))
    set_to_work(run)


@service
def go_on(actor: Actor, *, run_id: UUID) -> None:
    """Let a run that was stopped by a fault go on where it stopped."""
    run = run_for(actor, run_id)
    if run.state != State.STOPPED:
        raise NotNow()
    _move(run, state=run.stopped_while, message="", attempts=0)
    step(run, actor, RunStep.What.CONTINUED)
    emit(actor, ImportContinued(run_id=run.id, importer=run.importer, rows_done=run.rows_done))
    set_to_work(run)


@service
def export(actor: Actor, *, kind: str, file_format: FileFormat) -> bytes:
    """The records of the open commune as a file that the same importer takes again."""
    importer = importer_for(actor, kind)
    rows = list(importer.export(actor))
    names = [field.name for field in importer.fields]
    further = list(dict.fromkeys(name for row in rows for name in row if name not in names))
    emit(actor, RecordsExported(importer=kind, file_format=file_format, rows=len(rows)))
    headings = [*(str(field.label) for field in importer.fields), *further]
    return write_table(file_format, headings, ([row.get(name, "") for name in (*names, *further)] for row in rows))


def _first_filled(table: Table) -> tuple[str, list[tuple[int, list[str]]]]:
    """The first sheet that is not empty, and its first rows."""
    for sheet in table.sheets[:-1]:
        try:
            return sheet, sample(table, sheet)
        except FileEmpty:
            continue
    last = table.sheets[-1] if table.sheets else ""
    return last, sample(table, last)


def _require_usable(
    headings: list[str],
    rows: list[tuple[int, list[str]]],
    columns: Mapping[str, int],
    fields: tuple[ImportField, ...],
) -> None:
    problems = headings_rules.problems_of(headings, rows)
    if problems:
        raise ColumnsRefused(problems[0])
    names = {field.name for field in fields}
    if set(columns) - names or any(not 0 <= column < len(headings) for column in columns.values()):
        raise ColumnsRefused(_("This file has no such column. Look at the page again."))
    wrong: dict[str, Text] = {
        field.name: _("Choose the column for this.") for field in fields if field.required and field.name not in columns
    }
    taken = list(columns.values())
    wrong |= {
        name: _("Two fields have the same column.") for name, column in columns.items() if taken.count(column) > 1
    }
    if wrong:
        raise ColumnsRefused(_("Some columns are not matched yet."), fields=wrong)


def _move(run: ImportRun, **moved: Any) -> None:
    """Claim the run's next state by conditional update, from whoever works on it as well."""
    try:
        with transaction.atomic():
            claimed = ImportRun.objects.filter(pk=run.pk, state=run.state).update(
                lease=None, lease_ends_at=None, **moved
            )
    except IntegrityError:
        raise AnotherImportRuns() from None
    if not claimed:
        raise NotNow()
    for name, value in moved.items():
        setattr(run, name, value)
