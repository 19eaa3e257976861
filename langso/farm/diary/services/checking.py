"""The inspector confirms or questions; the household answers. Each is a row with who and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from langso.farm.diary import access
from langso.farm.diary.events import EntryConfirmed, EntryQuestioned, QuestionAnswered
from langso.farm.diary.models import Check, CheckState, Entry, Verdict
from langso.farm.diary.services.refusals import (
    AlreadyChecked,
    EntryHasChanged,
    EntryIsStruck,
    NoOpenQuestion,
    ReasonNeeded,
)
from langso.farm.diary.services.writing import actors_name, entry_here, writable_entry
from langso.farm.diary.versions import words
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.journal.services import emit, service


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of a bulk confirmation: ids confirmed, and ids left as they were because they changed meanwhile."""

    confirmed: tuple[UUID, ...]
    left: tuple[UUID, ...]


@service
def confirm_entry(actor: Actor, *, entry_id: UUID, version: int, remark: str = "") -> None:
    """Confirm the version that was looked at, as inspector.

    Raises `EntryHasChanged`, `EntryIsStruck`, `AlreadyChecked`.
    """
    entry = _checkable(actor, entry_id)
    if entry.check_state == CheckState.CONFIRMED and entry.version == version:
        raise AlreadyChecked()
    claimed = (
        Entry.objects.filter(pk=entry_id, version=version, struck=False)
        .exclude(check_state=CheckState.CONFIRMED)
        .update(check_state=CheckState.CONFIRMED)
    )
    if not claimed:
        raise EntryHasChanged()
    text = words(remark, 500)
    Check.objects.create(entry=entry, version=version, verdict=Verdict.CONFIRMED, text=text, **_by(actor))
    emit(actor, EntryConfirmed(**_about(entry), version=version, remark=text))


@service
def confirm_entries(actor: Actor, *, seen: Iterable[tuple[UUID, int]]) -> BulkResult:
    """Confirm many entries as inspector, each as (id, version looked at); what changed meanwhile is left and told."""
    confirmed, left = [], []
    for entry_id, version in seen:
        try:
            confirm_entry(actor, entry_id=entry_id, version=version)
        except (AlreadyChecked, EntryHasChanged, EntryIsStruck):
            left.append(entry_id)
        else:
            confirmed.append(entry_id)
    return BulkResult(tuple(confirmed), tuple(left))


@service
def question_entry(actor: Actor, *, entry_id: UUID, version: int, question: str) -> None:
    """Ask the household about an entry, as inspector.

    Raises `ReasonNeeded`, `EntryHasChanged`, `EntryIsStruck`.
    """
    entry = _checkable(actor, entry_id)
    text = words(question, 500)
    if not text:
        raise ReasonNeeded(fields={"question": ReasonNeeded.message})
    claimed = Entry.objects.filter(pk=entry_id, version=version, struck=False).exclude(
        check_state=CheckState.QUESTIONED
    )
    if not claimed.update(check_state=CheckState.QUESTIONED):
        raise EntryHasChanged()
    Check.objects.create(entry=entry, version=version, verdict=Verdict.QUESTIONED, text=text, **_by(actor))
    emit(actor, EntryQuestioned(**_about(entry), version=version, question=text))


@service
def answer_question(actor: Actor, *, entry_id: UUID, answer: str) -> None:
    """Answer the inspector's open question, as the household. Raises `ReasonNeeded`, `NoOpenQuestion`."""
    entry = writable_entry(actor, entry_id)
    text = words(answer, 500)
    if not text:
        raise ReasonNeeded(fields={"answer": ReasonNeeded.message})
    claimed = Entry.objects.filter(pk=entry_id, check_state=CheckState.QUESTIONED, struck=False)
    if not claimed.update(check_state=CheckState.ANSWERED):
        raise NoOpenQuestion()
    asked = entry.checks.filter(verdict=Verdict.QUESTIONED).latest("checked_at")
    Check.objects.filter(pk=asked.pk).update(answer=text, answered_at=clock.now(), answered_by_name=actors_name(actor))
    fact = QuestionAnswered(
        entry_id=entry.id,
        season_id=entry.season_id,
        household_id=entry.household_id,
        question=asked.text,
        answer=text,
    )
    emit(actor, fact)


def _checkable(actor: Actor, entry_id: UUID) -> Entry:
    entry = entry_here(entry_id)
    require(access.can_check_entry(actor, entry), actor)
    if entry.struck:
        raise EntryIsStruck()
    return entry


def _by(actor: Actor) -> dict[str, Any]:
    return {"checked_at": clock.now(), "checked_by": actor.account_id, "checked_by_name": actors_name(actor)}


def _about(entry: Entry) -> dict[str, Any]:
    return {
        "entry_id": entry.id,
        "kind": entry.kind,
        "season_id": entry.season_id,
        "household_id": entry.household_id,
    }
