"""What the screens show of imports: what may be imported, a run, its preview, its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere, Text
from langso.kernel.imports import columns as headings_rules
from langso.kernel.imports.access import importer_for, run_for, usable_kinds
from langso.kernel.imports.expiry import kept_until
from langso.kernel.imports.importer import IMPORTERS, ImportField
from langso.kernel.imports.models import (
    BACKGROUND,
    ImportRun,
    ImportRunQuerySet,
    Outcome,
    RememberedColumns,
    RowResult,
    RunStep,
    State,
)
from langso.kernel.imports.reading.table import open_table, sample
from langso.kernel.imports.storing import content_of

SHOWN_ROWS: Final = 8

LEVELS: Final = {
    State.DONE: "ok",
    State.STOPPED: "danger",
    State.PARTLY_UNDONE: "warning",
    State.CHECKED: "warning",
    State.UPLOADED: "warning",
}
"""How a state looks on screen; the others are information."""


@dataclass(frozen=True, slots=True)
class ImporterCard:
    """Something that the actor may import and export."""

    kind: str
    title: Text
    about: Text
    fields: tuple[ImportField, ...]


@dataclass(frozen=True, slots=True)
class StepCard:
    """Something that somebody did with a run."""

    title: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RunCard:
    """A run as its page shows it. The counts add up to `total`, the rows worked through in the last check or import."""

    id: UUID
    kind: str
    title: Text
    state: State
    level: str
    file_name: str
    file_size: int
    message: str
    because: str
    rows_done: int
    rows_expected: int
    percent: int
    accepted: int
    repaired: int
    refused: int
    present: int
    undone: int
    kept: int
    by: str
    created_at: datetime
    file_is_here: bool
    kept_until: datetime
    unread: tuple[str, ...]
    may_undo: bool
    may_cancel: bool
    may_continue: bool
    steps: tuple[StepCard, ...]

    @property
    def total(self) -> int:
        return self.accepted + self.repaired + self.refused + self.present

    @property
    def to_add(self) -> int:
        return self.accepted + self.repaired

    @property
    def in_background(self) -> bool:
        return self.state in BACKGROUND


@dataclass(frozen=True, slots=True)
class Preview:
    """The top of a file: where its heading seems to be, the rows below it, and the columns that fit.

    `columns` is the column (from 0) by field name; `problems` are sentences why this heading cannot be used.
    """

    sheets: tuple[str, ...]
    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    columns: dict[str, int]
    is_remembered: bool
    problems: tuple[Text, ...]
    fields: tuple[ImportField, ...]


def importers(actor: Actor) -> list[ImporterCard]:
    """Everything that the actor may import. A refusal when that is nothing."""
    kinds = usable_kinds(actor)
    require(bool(kinds), actor)
    return [importer_card(actor, kind=kind) for kind in kinds]


def importer_card(actor: Actor, *, kind: str) -> ImporterCard:
    """One importer; `NotHere` when there is none of this kind."""
    importer = importer_for(actor, kind)
    return ImporterCard(kind, importer.title, importer.about, importer.fields)


def runs(actor: Actor) -> ImportRunQuerySet:
    """The runs that the actor may see, for the list of this package's own page."""
    return ImportRun.objects.all().visible_to(actor, kinds=usable_kinds(actor))


def run_card(actor: Actor, *, run_id: UUID) -> RunCard:
    """One run with its history."""
    run = run_for(actor, run_id)
    state, stopped_writing = State(run.state), run.state == State.STOPPED and run.stopped_while == State.WRITING
    cancellable = state in (State.UPLOADED, State.CHECKING, State.CHECKED, State.WRITING) or stopped_writing
    taken = set(run.columns.values())
    return RunCard(
        id=run.id,
        kind=run.importer,
        title=IMPORTERS[run.importer].title,
        state=state,
        level=LEVELS.get(state, "info"),
        file_name=run.file_name,
        file_size=run.file_size,
        message=run.message,
        because=run.because,
        rows_done=run.rows_done,
        rows_expected=run.rows_expected,
        percent=min(100, run.rows_done * 100 // max(run.rows_expected, 1)),
        accepted=run.accepted,
        repaired=run.repaired,
        refused=run.refused,
        present=run.present,
        undone=run.undone,
        kept=run.kept,
        by=run.account_name,
        created_at=run.created_at,
        file_is_here=run.file_gone_at is None,
        kept_until=kept_until(run),
        unread=tuple(name for column, name in enumerate(run.headings) if name and column not in taken),
        may_undo=state in (State.DONE, State.PARTLY_UNDONE) and run.file_gone_at is None,
        may_cancel=cancellable,
        may_continue=state == State.STOPPED,
        steps=tuple(
            StepCard(str(RunStep.What(step.what).label), step.happened_at, step.account_name)
            for step in run.steps.order_by("id")
        ),
    )


def preview(actor: Actor, *, run_id: UUID, sheet: str = "", heading_row: int = 0) -> Preview:
    """The top of the run's file as it would be read with this sheet and heading row (by default: as remembered).

    Raises `NotHere` when the file is gone or has no such sheet, `FileRefused` when the sheet is empty or broken.
    """
    run = run_for(actor, run_id)
    importer = importer_for(actor, run.importer)
    if run.file_gone_at:
        raise NotHere()
    table = open_table(content_of(run))
    same_sheet = sheet in ("", run.sheet)
    chosen = run.sheet if same_sheet else sheet
    if table.sheets and chosen not in table.sheets:
        raise NotHere()
    rows = sample(table, chosen)
    number = heading_row or (run.heading_row if same_sheet else headings_rules.find_heading(rows, importer.fields))
    headings = headings_rules.heading_of(rows, number)
    known = remembered(run.importer, headings)
    below = [row for row in rows if row[0] > number]
    return Preview(
        sheets=table.sheets,
        sheet=chosen,
        heading_row=number,
        headings=tuple(headings),
        rows=tuple((found, tuple(cells)) for found, cells in below[:SHOWN_ROWS]),
        columns=known or headings_rules.guess(headings, importer.fields),
        is_remembered=bool(known),
        problems=tuple(headings_rules.problems_of(headings, below)),
        fields=importer.fields,
    )


def remembered(kind: str, headings: Sequence[str]) -> dict[str, int]:
    """The columns that the open commune matched for the same heading last time; empty when it never did."""
    mark = headings_rules.fingerprint(headings)
    found = RememberedColumns.objects.filter(importer=kind, fingerprint=mark).first()
    return dict(found.columns) if found else {}


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One sentence about a row: which column, what stood there, what is wrong or was mended."""

    is_problem: bool
    label: str
    value: str
    text: str

    def __str__(self) -> str:
        place = f"{self.label}: " if self.label else ""
        value = f" (“{self.value}”)" if self.value else ""
        return f"{place}{self.text}{value}"


def notes_of(result: RowResult) -> list[NoteLine]:
    """What is to be said about a row, in the language of the one who had the file checked."""
    labels = {field.name: str(field.label) for field in IMPORTERS[result.run.importer].fields}
    lines = [NoteLine(bool(bad), labels.get(field, field), value, text) for bad, field, value, text in result.notes]
    if result.kept_because:
        lines.append(NoteLine(True, "", "", result.kept_because))
    return lines


def rows(actor: Actor, *, run_id: UUID) -> QuerySet[RowResult]:
    """What became of the rows, for the list of this package's own page."""
    return RowResult.objects.filter(run=run_for(actor, run_id)).select_related("run")


def refused_table(actor: Actor, *, run_id: UUID) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of a file with the refused rows: as they stood, with the row's number and the reason.

    It can be mended and uploaded again: the two added columns are known and left alone.
    """
    run = run_for(actor, run_id)
    refused = RowResult.objects.filter(run=run, outcome=Outcome.REFUSED).select_related("run").order_by("number")
    width = len(run.headings)
    table = [
        [*result.cells[:width], *[""] * (width - len(result.cells)), str(result.number), _reason(result)]
        for result in refused.iterator(chunk_size=1000)
    ]
    return [*run.headings, headings_rules.ROW_HEADING, headings_rules.REASON_HEADING], table


def first_refused(actor: Actor, *, run_id: UUID, limit: int = 5) -> list[tuple[int, str]]:
    """(row number, why and what to do) of the first refused rows, as the check page shows them at once."""
    run = run_for(actor, run_id)
    refused = RowResult.objects.filter(run=run, outcome=Outcome.REFUSED).select_related("run").order_by("number")
    return [(result.number, _reason(result)) for result in refused[:limit]]


def _reason(result: RowResult) -> str:
    return "; ".join(str(line) for line in notes_of(result) if line.is_problem)
