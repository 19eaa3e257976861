"""Entries as lines of a page: what was done, in words, and how it stands. A fixed number of queries for any number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from langso.community.people import queries as people
from langso.community.people.queries import HouseholdCard
from langso.farm.diary.activities import BY_CODE
from langso.farm.diary.explanations import grouped
from langso.farm.diary.measures import NAMES
from langso.farm.diary.models import CheckState, Entry, EntryKind, HazardSubject, InputKind
from langso.farm.diary.models import Finding as HazardFinding
from langso.farm.diary.models.versions import HarvestVersion, HazardVersion, InputVersion, WorkVersion
from langso.farm.diary.versions import TABLE_OF, AnyVersion
from langso.farm.plots import queries as plots
from langso.kernel.errors import Text

KIND_ICONS: Final = {
    EntryKind.HAZARD: "clipboard-check",
    EntryKind.INPUT: "shopping-basket",
    EntryKind.HARVEST: "sickle",
}
LEVELS: Final = {
    CheckState.WAITING: "plain",
    CheckState.CONFIRMED: "ok",
    CheckState.QUESTIONED: "warning",
    CheckState.ANSWERED: "info",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `text`: input, number and unit; `state` a code, `level` its colour; concerns and photos are counts.

    `is_checked`: a cooperative looks at it, so its state means something.
    """

    id: UUID
    kind: str
    season_id: UUID | None
    household_id: UUID
    code: str
    icon: str
    title: str
    on_date: date
    text: str
    remark: str
    state: str
    level: str
    is_checked: bool
    struck: bool
    version: int
    recorded_at: datetime
    recorded_by: str
    concerns: int
    photos: int

    @property
    def state_name(self) -> Text:
        if self.struck:
            return STRUCK
        return CheckState(self.state).label if self.is_checked else WRITTEN


STRUCK: Final = _("Struck through")
WRITTEN: Final = _("Written down")
"""The state where no cooperative checks."""


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """The lines of these entries, in their order: one query for each kind of table, three around them."""
    listed = list(entries)
    versions = current_versions(listed)
    counted = (
        Entry.objects.filter(pk__in=[entry.pk for entry in listed])
        .annotate(
            raised=Count("concerns", filter=~Q(concerns__state="WITHDRAWN"), distinct=True),
            pictures=Count("photos", filter=Q(photos__removed_at=None), distinct=True),
        )
        .values_list("pk", "raised", "pictures")
    )
    numbers = {pk: (raised, pictures) for pk, raised, pictures in counted}
    checked = _checked(listed)
    return [_line(entry, versions[entry.pk], *numbers[entry.pk], entry.pk in checked) for entry in listed]


def _checked(entries: list[Entry]) -> set[UUID]:
    """The entries that a cooperative looks at: of seasons grown for one, and inputs of households that have such."""
    seasons = plots.season_cards(season_ids={entry.season_id for entry in entries if entry.season_id})
    grown = {season.id for season in seasons.values() if season.organisation_id}
    homes = {entry.household_id for entry in entries if entry.season_id is None}
    members = plots.households_with_cooperative(household_ids=homes) if homes else frozenset()
    return {
        entry.pk
        for entry in entries
        if (entry.season_id in grown if entry.season_id else entry.household_id in members)
    }


def current_versions(entries: Iterable[Entry]) -> dict[UUID, AnyVersion]:
    """The version that counts, by the entry's id."""
    ids: dict[str, list[UUID]] = {}
    for entry in entries:
        ids.setdefault(entry.kind, []).append(entry.pk)
    found: dict[UUID, AnyVersion] = {}
    for kind, wanted in ids.items():
        rows = TABLE_OF[kind].objects.filter(entry__in=wanted, number=F("entry__version"))
        found |= {row.entry_id: row for row in rows}
    return found


def picture_and_words(row: AnyVersion) -> tuple[str, str, str]:
    """Code, icon and title of what was done."""
    if isinstance(row, WorkVersion):
        activity = BY_CODE[row.activity]
        return activity.code, activity.icon, str(activity.label)
    if isinstance(row, HarvestVersion):
        return EntryKind.HARVEST.value, KIND_ICONS[EntryKind.HARVEST], str(EntryKind.HARVEST.label)
    if isinstance(row, InputVersion):
        return row.kind, KIND_ICONS[EntryKind.INPUT], str(InputKind(row.kind).label)
    subject = HazardSubject(row.subject)
    return subject.value, KIND_ICONS[EntryKind.HAZARD], f"{EntryKind.HAZARD.label}: {subject.label}"


def amount_text(row: AnyVersion) -> str:
    """The number with its unit, and the concentration where it is known; empty for an assessment."""
    if isinstance(row, WorkVersion):
        dose = quantity(row.amount, row.unit)
        return f"{dose} ({row.concentration})" if row.concentration else dose
    if isinstance(row, HarvestVersion):
        return quantity(row.quantity_kg, "KG")
    return quantity(row.quantity, row.unit) if isinstance(row, InputVersion) else ""


def home_name(home: HouseholdCard | None) -> str:
    """A household as staff know it: its head's name and its code."""
    return ", ".join(part for part in (home.head, home.code) if part) if home else ""


def household_name(household_id: UUID) -> str:
    return home_name(people.households_brief([household_id]).get(household_id))


def quantity(amount: object, unit: str) -> str:
    """`12.500` and KG as "12,5 kg"."""
    return f"{grouped(f'{amount:f}')} {NAMES[unit]}"


def _line(entry: Entry, row: AnyVersion, concerns: int, photos: int, is_checked: bool) -> Line:
    code, icon, title = picture_and_words(row)
    return Line(
        id=entry.pk,
        kind=entry.kind,
        season_id=entry.season_id,
        household_id=entry.household_id,
        code=code,
        icon=icon,
        title=title,
        on_date=row.on_date,
        text=_text(row),
        remark=row.remark,
        state=entry.check_state,
        level="plain" if entry.struck else LEVELS[CheckState(entry.check_state)],
        is_checked=is_checked,
        struck=entry.struck,
        version=entry.version,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by_name,
        concerns=concerns,
        photos=photos,
    )


def _text(row: AnyVersion) -> str:
    if isinstance(row, HazardVersion):
        return ". ".join(part for part in (str(HazardFinding(row.finding).label), row.finding_text) if part)
    if isinstance(row, InputVersion):
        return f"{row.name}, {amount_text(row)}"
    if isinstance(row, WorkVersion) and row.input_name:
        return f"{row.input_name}, {amount_text(row)}"
    return amount_text(row)
