"""A season as a buyer may read it: no people, no buyers, no remarks. What is said of the maker, the caller chooses."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from langso.farm.diary.explanations import explain
from langso.farm.diary.models import (
    Check,
    CheckState,
    Concern,
    ConcernState,
    Entry,
    HarvestVersion,
    HazardVersion,
    Verdict,
    WorkVersion,
)
from langso.farm.diary.queries.lines import amount_text, picture_and_words
from langso.farm.plots import queries as plots
from langso.kernel.errors import NotHere


@dataclass(frozen=True, slots=True)
class ConcernCard:
    """What a rule found. `severity`: SERIOUS, WARNING; `state`: OPEN, ANSWERED.

    `answered_as`: INSPECTOR, GROWER or empty. `explanation`: a sentence in the language that was active when asked for.
    """

    id: UUID
    entry_id: UUID
    code: str
    severity: str
    explanation: str
    state: str
    raised_at: datetime
    answered_as: str

    @property
    def is_open(self) -> bool:
        return self.state == ConcernState.OPEN


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One thing that was done. `kind`: HAZARD, WORK, HARVEST; `activity` is a code, `title` its words.

    `input_name` and `dose_text` are empty where nothing was used; `check_state`: WAITING, CONFIRMED, QUESTIONED,
    ANSWERED; `recorded_at` is when it was first written down; `version` above 1 means that it was corrected.
    """

    entry_id: UUID
    kind: str
    activity: str
    icon: str
    title: str
    on_date: date
    recorded_at: datetime
    input_name: str
    dose_text: str
    check_state: str
    checked_at: datetime | None
    version: int
    concerns: tuple[ConcernCard, ...]


@dataclass(frozen=True, slots=True)
class SeasonStory:
    """A season's public face. Area in m²; steps by date."""

    season_id: UUID
    plot_kind: str
    area_m2: Decimal
    product_name: str
    product_id: UUID | None
    organisation_id: UUID | None
    standard: str
    start_date: date
    closed_date: date | None
    steps: tuple[StoryStep, ...]

    @property
    def confirmed_steps(self) -> int:
        return sum(1 for step in self.steps if step.check_state == CheckState.CONFIRMED)

    @property
    def concerns(self) -> tuple[ConcernCard, ...]:
        return tuple(concern for step in self.steps for concern in step.concerns)


@dataclass(frozen=True, slots=True)
class HarvestCard:
    """A harvest as it stands now. Quantity in kg. `handling_place` and `buyer` are not for the public.

    `concern_codes`: what is open or answered on this harvest's entry itself.
    """

    id: UUID
    season_id: UUID
    plot_id: UUID
    household_id: UUID
    organisation_id: UUID | None
    product_name: str
    product_id: UUID | None
    standard: str
    quantity_kg: Decimal
    harvest_date: date
    recorded_at: datetime
    check_state: str
    struck: bool
    version: int
    handling_place: str
    buyer: str
    concern_codes: tuple[str, ...]


def season_story(season_id: UUID) -> SeasonStory:
    """`season_stories` for one season. Raises `NotHere`."""
    found = season_stories([season_id])
    if season_id not in found:
        raise NotHere()
    return found[season_id]


def season_stories(season_ids: Iterable[UUID]) -> dict[UUID, SeasonStory]:
    """Those of these seasons that exist, with their standing steps by date and without personal data, in a query for
    each table.

    Texts are in the active language: ask once for each language that is shown.
    """
    seasons = plots.season_cards(season_ids=season_ids)
    rows = list(_current(seasons))
    concerns, checked = _concerns_by_entry(seasons), _confirmed_at({row.entry_id: row.entry for row in rows})
    steps: dict[UUID, list[StoryStep]] = {season_id: [] for season_id in seasons}
    for row in rows:
        if row.entry.season_id is not None:
            steps[row.entry.season_id].append(_step(row.entry, row, concerns, checked))
    return {season_id: _story(card, steps[season_id]) for season_id, card in seasons.items()}


def _story(season: plots.SeasonCard, steps: list[StoryStep]) -> SeasonStory:
    return SeasonStory(
        season_id=season.id,
        plot_kind=season.plot.kind,
        area_m2=season.plot.area_m2,
        product_name=season.product_name,
        product_id=season.product_id,
        organisation_id=season.organisation_id,
        standard=season.standard,
        start_date=season.start_date,
        closed_date=season.closed_date,
        steps=tuple(sorted(steps, key=lambda step: (step.on_date, step.recorded_at))),
    )


def harvest_card(harvest_id: UUID) -> HarvestCard:
    """One harvest by its entry's id, struck ones too. Raises `NotHere`."""
    row = HarvestVersion.objects.select_related("entry").filter(entry_id=harvest_id, number=F("entry__version")).first()
    if row is None or row.entry.season_id is None:
        raise NotHere()
    season = plots.season_card(season_id=row.entry.season_id)
    standing = Concern.objects.all().standing().filter(entry_id=harvest_id)
    return HarvestCard(
        id=harvest_id,
        season_id=season.id,
        plot_id=season.plot.id,
        household_id=row.entry.household_id,
        organisation_id=season.organisation_id,
        product_name=season.product_name,
        product_id=season.product_id,
        standard=season.standard,
        quantity_kg=row.quantity_kg,
        harvest_date=row.on_date,
        recorded_at=row.entry.recorded_at,
        check_state=row.entry.check_state,
        struck=row.entry.struck,
        version=row.number,
        handling_place=row.handling_place,
        buyer=row.buyer,
        concern_codes=tuple(sorted(set(standing.values_list("code", flat=True)))),
    )


def open_concerns(season_id: UUID) -> list[ConcernCard]:
    """The concerns of a season that nobody has answered, newest first."""
    rows = Concern.objects.all().of_season(season_id).filter(state=ConcernState.OPEN).order_by("-raised_at", "-id")
    return [concern_card(row) for row in rows]


def concern_card(row: Concern) -> ConcernCard:
    return ConcernCard(
        id=row.id,
        entry_id=row.entry_id,
        code=row.code,
        severity=row.severity,
        explanation=explain(row.code, row.facts),
        state=row.state,
        raised_at=row.raised_at,
        answered_as=row.answered_as,
    )


def _current(season_ids: Collection[UUID]) -> Iterator[HazardVersion | WorkVersion | HarvestVersion]:
    for table in (HazardVersion, WorkVersion, HarvestVersion):
        standing = table.objects.filter(entry__season_id__in=season_ids, entry__struck=False)
        yield from standing.filter(number=F("entry__version")).select_related("entry")


def _concerns_by_entry(season_ids: Collection[UUID]) -> dict[UUID, list[ConcernCard]]:
    by_entry: dict[UUID, list[ConcernCard]] = {}
    rows = Concern.objects.filter(season_id__in=season_ids).standing()
    for row in rows.order_by("raised_at", "id"):
        by_entry.setdefault(row.entry_id, []).append(concern_card(row))
    return by_entry


def _confirmed_at(entries: dict[UUID, Entry]) -> dict[UUID, datetime]:
    """When the version that counts was confirmed."""
    confirmed = [entry_id for entry_id, entry in entries.items() if entry.check_state == CheckState.CONFIRMED]
    checks = Check.objects.filter(entry__in=confirmed, verdict=Verdict.CONFIRMED).order_by("checked_at")
    rows = checks.values_list("entry_id", "version", "checked_at")
    return {entry_id: checked_at for entry_id, version, checked_at in rows if version == entries[entry_id].version}


def _step(
    entry: Entry,
    row: HazardVersion | WorkVersion | HarvestVersion,
    concerns: dict[UUID, list[ConcernCard]],
    checked: dict[UUID, datetime],
) -> StoryStep:
    code, icon, title = picture_and_words(row)
    return StoryStep(
        entry_id=entry.id,
        kind=entry.kind,
        activity=code,
        icon=icon,
        title=title,
        on_date=row.on_date,
        recorded_at=entry.recorded_at,
        input_name=row.input_name if isinstance(row, WorkVersion) else "",
        dose_text=amount_text(row),
        check_state=entry.check_state,
        checked_at=checked.get(entry.id) if entry.check_state == CheckState.CONFIRMED else None,
        version=entry.version,
        concerns=tuple(concerns.get(entry.id, ())),
    )
