"""Corrections are new versions, deletions are strikes: the old stays readable, with who, when and why."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from langso.farm.diary.contents import Content, InputContent, WorkContent
from langso.farm.diary.events import EntryCorrected, EntryRestored, EntryStruck
from langso.farm.diary.models import CheckState, Entry, EntryKind, Strike, WorkVersion
from langso.farm.diary.rules import LIMITS
from langso.farm.diary.services.concerns import judge_again
from langso.farm.diary.services.recording import with_input, with_list
from langso.farm.diary.services.refusals import (
    EntryHasChanged,
    EntryIsInvalid,
    EntryIsNotStruck,
    EntryIsStruck,
    InputIsUsed,
    ReasonNeeded,
    TooLateToUndo,
)
from langso.farm.diary.services.writing import actors_name, add_version, writable_entry
from langso.farm.diary.versions import TABLE_OF, UNDONE, AnyVersion, content_of, kind_of, tidy, words
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.journal.services import emit, service


@service
def correct_entry(actor: Actor, *, entry_id: UUID, content: Content, reason: str, version: int) -> None:
    """Write a new version over `version`, the one that was looked at, and say why. It waits for the inspector again.

    The same correction sent twice counts once.
    Raises `ReasonNeeded`, `EntryIsInvalid`, `EntryIsStruck`, `EntryHasChanged`.
    """
    entry = writable_entry(actor, entry_id)
    if not words(reason):
        raise ReasonNeeded(fields={"reason": ReasonNeeded.message})
    if entry.struck:
        raise EntryIsStruck()
    if kind_of(content) != entry.kind:
        raise EntryIsInvalid()
    wanted = _completed(tidy(content), entry.household_id)
    if entry.version == version + 1 and wanted == _current_content(entry):
        return
    _new_version(actor, entry, wanted, reason=words(reason, 300), version=version)


@service
def strike_entry(actor: Actor, *, entry_id: UUID, reason: str) -> None:
    """Strike an entry through: it stays readable and counts no longer.

    Raises `ReasonNeeded`, `EntryIsStruck`, `InputIsUsed`.
    """
    entry = writable_entry(actor, entry_id)
    text = words(reason, 300)
    if not text:
        raise ReasonNeeded(fields={"reason": ReasonNeeded.message})
    _strike(actor, entry, reason=text, undone=False)


@service
def restore_entry(actor: Actor, *, entry_id: UUID) -> None:
    """Take a strike back. Raises `EntryIsNotStruck`."""
    _restore(actor, writable_entry(actor, entry_id))


@service
def undo(actor: Actor, *, entry_id: UUID) -> None:
    """Take back the last act on an entry within minutes: writing it, correcting it or striking it through.

    Raises `TooLateToUndo`, also when the inspector has already looked at it.
    """
    entry = writable_entry(actor, entry_id)
    strike = entry.strikes.filter(lifted_at__isnull=True).first()
    if strike is not None:
        _in_time(strike.struck_at)
        _restore(actor, entry)
        return
    _in_time(_version(entry, entry.version).recorded_at)
    if entry.check_state != CheckState.WAITING:
        raise TooLateToUndo()
    if entry.version == 1:
        _strike(actor, entry, reason="", undone=True)
        return
    before = content_of(entry.kind, _version(entry, entry.version - 1))
    _new_version(actor, entry, before, reason=UNDONE, version=entry.version)


def _in_time(moment: datetime) -> None:
    if clock.now() - moment > timedelta(minutes=LIMITS.undo_minutes):
        raise TooLateToUndo()


def _version(entry: Entry, number: int) -> AnyVersion:
    row: AnyVersion = TABLE_OF[entry.kind].objects.get(entry=entry, number=number)
    return row


def _current_content(entry: Entry) -> Content:
    return content_of(entry.kind, _version(entry, entry.version))


def _new_version(actor: Actor, entry: Entry, full: Content, *, reason: str, version: int) -> None:
    claimed = Entry.objects.filter(pk=entry.pk, version=version, struck=False).update(
        version=F("version") + 1, on_date=full.on_date, check_state=CheckState.WAITING
    )
    if not claimed:
        raise EntryHasChanged()
    entry.version = version + 1
    add_version(actor, entry, full, reason=reason)
    fact = EntryCorrected(
        entry_id=entry.id,
        kind=entry.kind,
        season_id=entry.season_id,
        household_id=entry.household_id,
        version=entry.version,
        content=full,
    )
    emit(actor, fact, reason=reason)
    judge_again(actor, _seasons_resting_on(entry))


def _strike(actor: Actor, entry: Entry, *, reason: str, undone: bool) -> None:
    if entry.kind == EntryKind.INPUT and _uses(entry).exists():
        raise InputIsUsed()
    if not Entry.objects.filter(pk=entry.pk, struck=False).update(struck=True):
        raise EntryIsStruck()
    Strike.objects.create(
        entry=entry,
        reason=reason,
        undone=undone,
        struck_at=clock.now(),
        struck_by=actor.account_id,
        struck_by_name=actors_name(actor),
    )
    fact = EntryStruck(
        entry_id=entry.id,
        kind=entry.kind,
        season_id=entry.season_id,
        household_id=entry.household_id,
        undone=undone,
    )
    emit(actor, fact, reason=reason)
    judge_again(actor, _seasons_resting_on(entry))


def _restore(actor: Actor, entry: Entry) -> None:
    if not Entry.objects.filter(pk=entry.pk, struck=True).update(struck=False):
        raise EntryIsNotStruck()
    entry.strikes.filter(lifted_at__isnull=True).update(lifted_at=clock.now())
    fact = EntryRestored(entry_id=entry.id, kind=entry.kind, season_id=entry.season_id, household_id=entry.household_id)
    emit(actor, fact)
    judge_again(actor, _seasons_resting_on(entry))


def _completed(content: Content, household_id: UUID) -> Content:
    if isinstance(content, WorkContent):
        return with_input(content, household_id)
    return with_list(content) if isinstance(content, InputContent) else content


def _seasons_resting_on(entry: Entry) -> set[UUID]:
    """The seasons whose rules read this entry: its own, or those in which the input was used."""
    if entry.season_id is not None:
        return {entry.season_id}
    return {season_id for season_id in _uses(entry).values_list("entry__season_id", flat=True) if season_id}


def _uses(entry: Entry) -> QuerySet[WorkVersion]:
    rows: QuerySet[WorkVersion] = WorkVersion.objects.filter(input=entry, entry__struck=False)
    return rows.filter(number=F("entry__version"))
