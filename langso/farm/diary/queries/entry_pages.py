"""One entry with all that is known of it: what it says, its history, its checks, its concerns."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from langso.farm.diary import access
from langso.farm.diary.contents import Content
from langso.farm.diary.explanations import day
from langso.farm.diary.models import CheckState, Concern, Entry
from langso.farm.diary.models import Finding as HazardFinding
from langso.farm.diary.models.versions import HarvestVersion, HazardVersion, InputVersion, WorkVersion
from langso.farm.diary.queries.lines import Line, amount_text, household_name, lines_of, quantity
from langso.farm.diary.queries.screens import can_be_undone
from langso.farm.diary.queries.story import ConcernCard, concern_card
from langso.farm.diary.versions import TABLE_OF, UNDONE, AnyVersion, content_of
from langso.farm.plots import queries as plots
from langso.farm.plots.queries import SeasonCard
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere, Text
from langso.kernel.offline.queries import Late, late_form


@dataclass(frozen=True, slots=True)
class Past:
    """Something that happened to the entry: written, corrected, struck, restored, confirmed, questioned, answered."""

    at: datetime
    title: Text
    text: str
    by: str
    icon: str
    level: str = "plain"


@dataclass(frozen=True, slots=True)
class ConcernOnEntry:
    card: ConcernCard
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`household` is named for staff. `facts` are (word, value) of what the entry says now; `question` is the
    inspector's open one, or empty."""

    line: Line
    household: str
    season: SeasonCard | None
    content: Content
    facts: tuple[tuple[Text, str], ...]
    history: tuple[Past, ...]
    concerns: tuple[ConcernOnEntry, ...]
    photos: tuple[str, ...]
    file: str
    question: str
    can_write: bool
    can_check: bool
    can_answer_concern: bool
    can_undo: bool


def entry_page(actor: Actor, *, entry_id: UUID) -> EntryPage:
    """One entry. Raises `NotHere`, `NotAllowed`, `SignInNeeded`."""
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotHere()
    require(access.can_see_entry(actor, entry), actor)
    versions = cast("list[AnyVersion]", list(TABLE_OF[entry.kind].objects.filter(entry=entry).order_by("number")))
    now = next(version for version in versions if version.number == entry.version)
    season = plots.season_card(season_id=entry.season_id) if entry.season_id else None
    can_write = access.can_write_diary(actor, entry.household_id)
    return EntryPage(
        line=lines_of([entry])[0],
        household="" if can_write else household_name(entry.household_id),
        season=season,
        content=content_of(entry.kind, now),
        facts=tuple(facts_of(now)),
        history=tuple(_history(entry, versions)),
        concerns=tuple(_concerns(entry)),
        photos=tuple(entry.photos.filter(removed_at=None).order_by("added_at").values_list("sha256", flat=True)),
        file=now.file if isinstance(now, HazardVersion) else "",
        question=_open_question(entry),
        can_write=can_write,
        can_check=access.can_check_entry(actor, entry),
        can_answer_concern=access.can_answer_concern(actor, entry),
        can_undo=can_write and _can_undo(entry, now),
    )


def facts_of(row: AnyVersion) -> list[tuple[Text, str]]:
    """What a version says, as words and values; only what is there."""
    if isinstance(row, WorkVersion):
        told = _work_facts(row)
    elif isinstance(row, InputVersion):
        told = _input_facts(row)
    elif isinstance(row, HazardVersion):
        told = [
            (_("What was found"), str(HazardFinding(row.finding).label)),
            (_("In words"), row.finding_text),
            (_("Assessed by"), row.assessed_by),
            (_("What was done"), row.measure),
        ]
    else:
        told = _harvest_facts(row)
    return [(word, value) for word, value in [(_("Day"), day(row.on_date)), *told, (_("Remark"), row.remark)] if value]


def _work_facts(row: WorkVersion) -> list[tuple[Text, str]]:
    return [
        (_("Product"), row.input_name),
        (_("Quantity"), quantity(row.amount, row.unit)),
        (_("Concentration"), row.concentration),
        (_("Area"), f"{quantity(row.area_m2, 'KG').split(' ')[0]} m²" if row.area_m2 else ""),
        (_("Wait before harvest"), _days(row.pre_harvest_days)),
        (_("Labour"), quantity(row.labour_hours, "HOUR") if row.labour_hours else ""),
    ]


def _input_facts(row: InputVersion) -> list[tuple[Text, str]]:
    return [
        (_("Product"), row.name),
        (_("Quantity"), amount_text(row)),
        (_("Active ingredient"), row.active_ingredient),
        (_("Bought from"), row.seller),
        (_("Best before"), day(row.expiry_date) if row.expiry_date else ""),
        (_("Wait before harvest"), _days(row.pre_harvest_days)),
        (_("How it was treated"), row.treatment),
    ]


def _harvest_facts(row: HarvestVersion) -> list[tuple[Text, str]]:
    return [
        (_("Quantity"), amount_text(row)),
        (_("Handled at"), row.handling_place),
        (_("Sold to"), row.buyer),
    ]


def _days(days: int | None) -> str:
    return str(_("%(days)s days") % {"days": days}) if days is not None else ""


def _concerns(entry: Entry) -> list[ConcernOnEntry]:
    rows = Concern.objects.filter(entry=entry).standing().order_by("state", "-raised_at")
    return [ConcernOnEntry(concern_card(row), row.answer, row.answered_by_name) for row in rows]


def _open_question(entry: Entry) -> str:
    if entry.check_state != CheckState.QUESTIONED or entry.struck:
        return ""
    check = entry.checks.filter(verdict=CheckState.QUESTIONED).order_by("-checked_at").first()
    return check.text if check else ""


def _can_undo(entry: Entry, now: AnyVersion) -> bool:
    strike = entry.strikes.filter(lifted_at__isnull=True).first()
    if strike is not None:
        return can_be_undone(strike.struck_at)
    return entry.check_state == CheckState.WAITING and can_be_undone(now.recorded_at)


def _history(entry: Entry, versions: list[AnyVersion]) -> list[Past]:
    past = [_written(version) for version in versions]
    if late := late_form(key=entry.client_id):
        past.insert(0, _on_the_phone(late))
    for strike in entry.strikes.all():
        word = _("Taken back at once") if strike.undone else _("Struck through")
        past.append(Past(strike.struck_at, word, strike.reason, strike.struck_by_name, "x", "warning"))
        if strike.lifted_at:
            past.append(Past(strike.lifted_at, _("Put back"), "", "", "undo-2"))
    for check in entry.checks.all():
        word = _("Confirmed") if check.verdict == CheckState.CONFIRMED else _("Question")
        level = "ok" if check.verdict == CheckState.CONFIRMED else "warning"
        icon = "check" if check.verdict == CheckState.CONFIRMED else "search"
        past.append(Past(check.checked_at, word, check.text, check.checked_by_name, icon, level))
        if check.answered_at:
            past.append(Past(check.answered_at, _("Answer"), check.answer, check.answered_by_name, "send"))
    return sorted(past, key=lambda each: each.at)


def _on_the_phone(late: Late) -> Past:
    """Filled in without a link. Where the phone's clock was wrong, both times are told; the node's decides."""
    said = str(_("The phone's clock said %(time)s.") % {"time": _time(late.phone_at)}) if late.phone_at else ""
    word = _("Written on the phone, without a link")
    return Past(late.acted_at or late.received_at, word, said, "", "smartphone")


def _time(moment: datetime) -> str:
    return date_format(localtime(moment), "H:i d/m/Y")


def _written(version: AnyVersion) -> Past:
    said = "; ".join(f"{word}: {value}" for word, value in facts_of(version))
    if version.number == 1:
        return Past(version.recorded_at, _("Written down"), said, version.recorded_by_name, "pencil")
    undone = version.reason == UNDONE
    word = _("Correction taken back") if undone else _("Corrected")
    text = said if undone else f"{version.reason}. {said}"
    return Past(version.recorded_at, word, text, version.recorded_by_name, "undo-2" if undone else "pencil")
