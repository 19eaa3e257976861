"""The three passes over a run: check, write, undo. A batch is one transaction, its bookkeeping included."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.bulk import insert_values, tell_planner
from langso.kernel.imports.events import ImportFinished, ImportStopped, ImportUndone, UndoStarted
from langso.kernel.imports.expiry import forget_file
from langso.kernel.imports.importer import IMPORTERS, Importer, Note
from langso.kernel.imports.judging import AnyChecked, Layout, in_batches, judge, outcome_of
from langso.kernel.imports.leases import LeaseLost, claim, hold, let_go
from langso.kernel.imports.models import ADDED, Because, ImportRun, Mode, Outcome, RowResult, RunStep, State
from langso.kernel.imports.reading.limits import FileRefused
from langso.kernel.imports.rows import rows_after, rows_of
from langso.kernel.imports.steps import ordered_by, step
from langso.kernel.journal.services import emit, service, writing

TURN: Final = 10.0
"""Seconds after which a worker lets other tasks have a turn."""
MOST_ATTEMPTS: Final = 5
"""How often a run may be taken up without finishing a single batch before it is stopped."""

Rows = list[tuple[int, list[str]]]


def work(run_id: UUID, *, turn: float = TURN) -> bool:
    """Work on a run for one turn. True when something is left to do. The run's commune must be open.

    A fault of the file or of an importer stops the run with a sentence for its people; a busy database only ends this
    attempt.
    """
    run = claim(run_id)
    if run is None:
        return False
    actor = ordered_by(run)
    with translation.override(run.language):
        try:
            if run.attempts > MOST_ATTEMPTS:
                _stop(actor, run=run, message=_("The work was broken off several times."))
                return False
            return _PASSES[State(run.state)](actor, run, turn)
        except LeaseLost:
            return False
        except FileRefused as refused:
            _stop(actor, run=run, message=str(refused))
            return False
        except OperationalError:
            raise
        except Exception:
            _stop(actor, run=run, message=_("A fault of the program. The operator of this node can see its details."))
            raise


def _check(actor: Actor, run: ImportRun, turn: float) -> bool:
    """Read the whole file and judge every row, writing no record. Always to the end: its memory is its own."""
    importer, layout = IMPORTERS[run.importer].for_one_pass(), Layout(run.headings, run.columns)
    _begin_check(actor, run=run)
    seen: dict[str, int] = {}
    for rows in in_batches(rows_of(run), size=importer.batch_size):
        answers = judge(importer, actor, layout=layout, rows=rows, seen=seen)
        _note_batch(actor, run=run, answers=answers, rows=rows)
    let_go(run, state=State.CHECKED, rows_expected=run.rows_done, message="")
    return False


@service
def _begin_check(actor: Actor, *, run: ImportRun) -> None:
    RowResult.objects.filter(run=run).delete()
    hold(run, rows_done=0, accepted=0, repaired=0, refused=0, present=0)


@service
def _note_batch(actor: Actor, *, run: ImportRun, answers: Sequence[AnyChecked], rows: Rows) -> None:
    noted = [
        _result(run, answer, cells)
        for answer, (_number, cells) in zip(answers, rows, strict=True)
        if answer.problems or answer.repairs
    ]
    insert_values(RowResult, noted)
    hold(run, **_counted(run, answers))


def _write(actor: Actor, run: ImportRun, turn: float) -> bool:
    """Save the good rows, batch by batch, from where the run stands. At least one batch in a turn."""
    importer, layout = IMPORTERS[run.importer].for_one_pass(), Layout(run.headings, run.columns)
    done = RowResult.objects.filter(run=run).exclude(outcome=Outcome.REFUSED)
    seen = dict(done.values_list("key", "number"))
    batches = in_batches(rows_after(run, run.rows_done), size=importer.batch_size)
    deadline = 0.0
    for rows in batches:
        deadline = deadline or time.monotonic() + turn
        answers = _write_batch(actor, importer=importer, run=run, layout=layout, rows=rows, seen=seen)
        if run.mode == Mode.ALL_OR_NOTHING and any(answer.problems for answer in answers):
            _turn_back(actor, run=run)
            return True
        if time.monotonic() > deadline:
            let_go(run)
            return True
    _finish(actor, run=run)
    return False


@service
def _write_batch(
    actor: Actor,
    *,
    importer: Importer[Any],
    run: ImportRun,
    layout: Layout,
    rows: Rows,
    seen: dict[str, int],
) -> list[AnyChecked]:
    """Judge again (the database may have changed since the check), save, and write down what became of each row."""
    answers = judge(importer, actor, layout=layout, rows=rows, seen=seen)
    try:
        with writing():
            ids = _save(importer, actor, answers)
    except IntegrityError:
        answers, ids = _one_by_one(importer, actor, layout, rows, seen)
    results = [_result(run, answer, cells) for answer, (_number, cells) in zip(answers, rows, strict=True)]
    for result in results:
        result["object_id"] = ids.get(result["number"])
    insert_values(RowResult, results)
    hold(run, **_counted(run, answers))
    tell_planner()
    return answers


def _save(importer: Importer[Any], actor: Actor, answers: Sequence[AnyChecked]) -> dict[int, UUID]:
    """Save what can be saved; the new records' ids by row number."""
    good = [answer for answer in answers if outcome_of(answer) in ADDED]
    ids = importer.save(actor, rows=good) if good else []
    return dict(zip((answer.row.number for answer in good), ids, strict=True))


def _one_by_one(
    importer: Importer[Any], actor: Actor, layout: Layout, rows: Rows, seen: dict[str, int]
) -> tuple[list[AnyChecked], dict[int, UUID]]:
    """The same batch after the database refused it as a whole: only the faulty rows are left out."""
    answers: list[AnyChecked] = []
    ids: dict[int, UUID] = {}
    for row in rows:
        [answer] = judge(importer, actor, layout=layout, rows=[row], seen=seen)
        try:
            with writing():
                ids |= _save(importer, actor, [answer])
        except IntegrityError:
            answer = answer.refused(Note("", "", _("This row clashes with a record that is here already.")))
        answers.append(answer)
    return answers, ids


def undo_progress(run: ImportRun) -> dict[str, int]:
    """The run's progress columns at the beginning of an undo; what an earlier undo took back counts as done."""
    return {"rows_done": run.undone, "rows_expected": run.accepted + run.repaired, "kept": 0}


@service
def _turn_back(actor: Actor, *, run: ImportRun) -> None:
    """All or none was chosen, and none it is."""
    let_go(run, state=State.UNDOING, because=Because.ROW_REFUSED, **undo_progress(run))
    step(run, actor, RunStep.What.UNDO)
    emit(actor, UndoStarted(run_id=run.id, importer=run.importer, because=Because.ROW_REFUSED))


@service
def _finish(actor: Actor, *, run: ImportRun) -> None:
    let_go(run, state=State.DONE, finished_at=clock.now(), rows_expected=run.rows_done)
    step(run, actor, RunStep.What.FINISHED)
    counts = {name: getattr(run, name) for name in ("accepted", "repaired", "refused", "present")}
    emit(actor, ImportFinished(run_id=run.id, importer=run.importer, file_sha256=run.file_sha256, **counts))


def _undo(actor: Actor, run: ImportRun, turn: float) -> bool:
    """Take records back, the last ones first."""
    importer, deadline = IMPORTERS[run.importer], time.monotonic() + turn
    while time.monotonic() <= deadline:
        left = RowResult.objects.filter(run=run, outcome__in=ADDED, undone=False, kept_because="")
        results = list(left.order_by("-number")[: importer.batch_size])
        if not results:
            _finish_undo(actor, run=run)
            return False
        _undo_batch(actor, importer=importer, run=run, results=results)
    let_go(run)
    return True


@service
def _undo_batch(actor: Actor, *, importer: Importer[Any], run: ImportRun, results: Sequence[RowResult]) -> None:
    ids = [result.object_id for result in results if result.object_id]
    kept = {refusal.object_id: str(refusal.reason) for refusal in importer.undo(actor, object_ids=ids)}
    gone = [result.pk for result in results if result.object_id not in kept]
    RowResult.objects.filter(pk__in=gone).update(undone=True)
    for result in results:
        if result.object_id in kept:
            RowResult.objects.filter(pk=result.pk).update(kept_because=kept[result.object_id])
    rest = len(results) - len(gone)
    hold(run, undone=run.undone + len(gone), kept=run.kept + rest, rows_done=run.rows_done + len(results))


@service
def _finish_undo(actor: Actor, *, run: ImportRun) -> None:
    state = State.PARTLY_UNDONE if run.kept else State.UNDONE
    let_go(run, state=state, finished_at=clock.now())
    step(run, actor, RunStep.What.UNDONE)
    if state == State.UNDONE:
        forget_file(actor, run)
    emit(
        actor,
        ImportUndone(run_id=run.id, importer=run.importer, because=run.because, undone=run.undone, kept=run.kept),
    )


@service
def _stop(actor: Actor, *, run: ImportRun, message: str) -> None:
    """End the background work with a sentence. A check goes back to its columns; the others can be continued."""
    fresh = ImportRun.objects.get(pk=run.pk)
    run.rows_done = fresh.rows_done
    state = State.UPLOADED if run.state == State.CHECKING else State.STOPPED
    let_go(run, stopped_while=run.state, message=message, state=state)
    step(run, actor, RunStep.What.STOPPED)
    emit(actor, ImportStopped(run_id=run.id, importer=run.importer, rows_done=run.rows_done))


def _result(run: ImportRun, answer: AnyChecked, cells: list[str]) -> dict[str, Any]:
    """A `RowResult` by its columns."""
    outcome = outcome_of(answer)
    notes = [[True, note.field, note.value, str(note.text)] for note in answer.problems]
    notes += [[False, note.field, note.value, str(note.text)] for note in answer.repairs]
    return {
        "commune": run.commune,
        "run_id": run.pk,
        "number": answer.row.number,
        "outcome": outcome,
        "key": answer.key[:200],
        "object_id": answer.object_id,
        "notes": notes,
        "cells": cells if outcome == Outcome.REFUSED else [],
    }


def _counted(run: ImportRun, answers: Sequence[AnyChecked]) -> dict[str, int]:
    """The run's counts with these answers added."""
    counts = Counter(outcome_of(answer) for answer in answers)
    return {
        "rows_done": run.rows_done + len(answers),
        "accepted": run.accepted + counts[Outcome.ACCEPTED],
        "repaired": run.repaired + counts[Outcome.REPAIRED],
        "refused": run.refused + counts[Outcome.REFUSED],
        "present": run.present + counts[Outcome.PRESENT],
    }


_PASSES: Final[dict[State, Callable[[Actor, ImportRun, float], bool]]] = {
    State.CHECKING: _check,
    State.WRITING: _write,
    State.UNDOING: _undo,
}
