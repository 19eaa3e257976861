"""The diary's rules: what is wrong with an entry, and why. Pure: values in, findings out; the list and limits are data.

Nothing is blocked: a finding becomes a concern that stands beside the entry and travels with the lot. Sources: the
VietGAP diary asks for dose, concentration and pre-harvest interval of every treatment; the interval is kept when the
harvest is on or after the day of the treatment plus the interval.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final
from uuid import UUID

LAND_M2_PER_HA: Final = 10_000
MUST_BE_LISTED: Final = frozenset({"PESTICIDE", "TREATMENT"})
"""Kinds of input that may only be used when the list has them."""
MUST_BE_ORGANIC: Final = frozenset({"PESTICIDE", "TREATMENT", "FERTILISER"})
"""Kinds whose use in an organic season needs a line that allows it there."""

HARVEST_TOO_EARLY: Final = "HARVEST_TOO_EARLY"
INTERVAL_UNKNOWN: Final = "INTERVAL_UNKNOWN"
INPUT_UNKNOWN: Final = "INPUT_UNKNOWN"
INPUT_NOT_LISTED: Final = "INPUT_NOT_LISTED"
INPUT_NOT_ALLOWED: Final = "INPUT_NOT_ALLOWED"
INPUT_NOT_ORGANIC: Final = "INPUT_NOT_ORGANIC"
INPUT_EXPIRED: Final = "INPUT_EXPIRED"
DOSE_OVER_LIMIT: Final = "DOSE_OVER_LIMIT"
BACKDATED: Final = "BACKDATED"
OUTSIDE_SEASON: Final = "OUTSIDE_SEASON"
YIELD_IMPLAUSIBLE: Final = "YIELD_IMPLAUSIBLE"
HAZARD_FOUND: Final = "HAZARD_FOUND"

SEVERITIES: Final[Mapping[str, str]] = {
    HARVEST_TOO_EARLY: "SERIOUS",
    INPUT_NOT_ALLOWED: "SERIOUS",
    INPUT_NOT_ORGANIC: "SERIOUS",
    INPUT_EXPIRED: "SERIOUS",
    DOSE_OVER_LIMIT: "SERIOUS",
    HAZARD_FOUND: "SERIOUS",
    INPUT_UNKNOWN: "WARNING",
    INPUT_NOT_LISTED: "WARNING",
    INTERVAL_UNKNOWN: "WARNING",
    BACKDATED: "WARNING",
    OUTSIDE_SEASON: "WARNING",
    YIELD_IMPLAUSIBLE: "WARNING",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Thresholds: days of backdating, minutes of undoing, days in which an inspector should have looked, and kg per m²
    and season by kind of plot."""

    backdated_days: int
    undo_minutes: int
    check_days: int
    max_kg_per_m2: Mapping[str, Decimal]


def read_limits(file: Path = Path(__file__).parent / "data" / "limits.json") -> Limits:
    data = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    return Limits(
        backdated_days=data["backdated_days"],
        undo_minutes=data["undo_minutes"],
        check_days=data["check_days"],
        max_kg_per_m2={kind: Decimal(limit) for kind, limit in data["max_kg_per_m2"].items()},
    )


LIMITS: Final = read_limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonFacts:
    """Area in m²; `standard`: NONE, VIETGAP, ORGANIC."""

    plot_kind: str
    area_m2: Decimal
    standard: str
    start_date: date
    closed_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFacts:
    """A line of the input list: `max_per_ha` in `unit` (G or ML) per hectare; valid from and to, both included."""

    code: str
    unit: str
    max_per_ha: Decimal | None
    pre_harvest_days: int | None
    organic: bool
    valid_from: date
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """`recorded_date`: the day on which the entry was first written down."""

    entry_id: UUID
    on_date: date
    recorded_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts(EntryFacts):
    """`amount` in `unit`, weights in G and volumes in ML. `intervals`: the pre-harvest intervals in days that bottle
    and diary name for the input, besides the list's."""

    input_kind: str = ""
    input_name: str = ""
    listed_code: str = ""
    amount: Decimal = Decimal(0)
    unit: str = ""
    area_m2: Decimal | None = None
    intervals: tuple[int, ...] = ()
    expiry_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestFacts(EntryFacts):
    quantity_kg: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardFacts(EntryFacts):
    """`open_risk`: a risk was found and no measure is written down."""

    subject: str
    open_risk: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found on an entry. `cause` tells two findings of one rule apart; `facts` fill the sentence."""

    entry_id: UUID
    code: str
    facts: Mapping[str, str]
    cause: str = ""

    @property
    def severity(self) -> str:
        return SEVERITIES[self.code]


@dataclass(frozen=True, slots=True)
class SafeFrom:
    """The first day on which may be harvested, and the work that decides it."""

    day: date
    work: WorkFacts


InputLines = Mapping[str, Sequence[ListedFacts]]
"""The input list: all lines of a product by its code."""


def judge(
    season: SeasonFacts, entries: Iterable[EntryFacts], lines: InputLines, limits: Limits = LIMITS
) -> list[Finding]:
    """All findings on a season's standing entries, in no particular order; the same entries give the same findings."""
    every = list(entries)
    works = [entry for entry in every if isinstance(entry, WorkFacts)]
    harvests = [entry for entry in every if isinstance(entry, HarvestFacts)]
    found = [finding for entry in every for finding in _when(season, entry, limits)]
    found += [finding for work in works for finding in _of_input(season, work, lines)]
    found += [finding for harvest in harvests for finding in _too_early(harvest, works, lines)]
    found += [_hazard(entry) for entry in every if isinstance(entry, HazardFacts) and entry.open_risk]
    return found + _yield(season, harvests, limits)


def safe_from(works: Iterable[WorkFacts], lines: InputLines) -> SafeFrom | None:
    """The first day of a safe harvest after all these works, or None when no interval is running from them."""
    waits = [SafeFrom(work.on_date + timedelta(days=days), work) for work in works if (days := interval(work, lines))]
    return max(waits, key=lambda wait: wait.day, default=None)


def interval(work: WorkFacts, lines: InputLines) -> int | None:
    """The pre-harvest interval of a work in days: the longest that anybody names, or None when nobody does.

    A product that is not allowed on that day keeps the interval of its other days: its traces do not read the list.
    """
    line = _line(work, lines)
    listed = [line] if line else lines.get(work.listed_code, ())
    named = (each.pre_harvest_days for each in listed if each.pre_harvest_days is not None)
    return max([*work.intervals, *named], default=None)


def dose_per_ha(work: WorkFacts, season_area_m2: Decimal, unit: str) -> Decimal | None:
    """The dose in `unit` (G or ML) per hectare of treated area, or None when the units cannot be compared."""
    area = work.area_m2 or season_area_m2
    if work.unit != unit or area <= 0:
        return None
    return (work.amount * LAND_M2_PER_HA / area).quantize(Decimal("0.1"), ROUND_HALF_UP)


def is_backdated(on_date: date, recorded_date: date, limits: Limits = LIMITS) -> bool:
    """Whether an entry was written down more than `backdated_days` after what it tells."""
    return (recorded_date - on_date).days > limits.backdated_days


def _line(work: WorkFacts, lines: InputLines) -> ListedFacts | None:
    return next((line for line in lines.get(work.listed_code, ()) if line.valid_on(work.on_date)), None)


def _when(season: SeasonFacts, entry: EntryFacts, limits: Limits) -> list[Finding]:
    found = []
    if is_backdated(entry.on_date, entry.recorded_date, limits):
        facts = {"date": entry.on_date.isoformat(), "recorded": entry.recorded_date.isoformat()}
        found.append(Finding(entry.entry_id, BACKDATED, facts))
    # Soil and water are assessed before anything is planted.
    after = season.closed_date is not None and entry.on_date > season.closed_date
    if after or (entry.on_date < season.start_date and not isinstance(entry, HazardFacts)):
        facts = {"date": entry.on_date.isoformat(), "start": season.start_date.isoformat()}
        found.append(Finding(entry.entry_id, OUTSIDE_SEASON, facts))
    return found


def _of_input(season: SeasonFacts, work: WorkFacts, lines: InputLines) -> list[Finding]:
    if not work.input_kind:
        return []
    facts = {"input": work.input_name, "date": work.on_date.isoformat()}
    if not work.input_name:
        return [Finding(work.entry_id, INPUT_UNKNOWN, facts)] if work.input_kind in MUST_BE_LISTED else []
    found = _allowed(season, work, lines, facts)
    if work.expiry_date is not None and work.expiry_date < work.on_date:
        found.append(Finding(work.entry_id, INPUT_EXPIRED, facts | {"expiry": work.expiry_date.isoformat()}))
    if work.input_kind in MUST_BE_LISTED and interval(work, lines) is None:
        found.append(Finding(work.entry_id, INTERVAL_UNKNOWN, facts))
    return found + _dose(season, work, lines, facts)


def _allowed(season: SeasonFacts, work: WorkFacts, lines: InputLines, facts: Mapping[str, str]) -> list[Finding]:
    known, line = work.listed_code in lines, _line(work, lines)
    found = []
    if work.input_kind in MUST_BE_LISTED and line is None:
        found.append(Finding(work.entry_id, INPUT_NOT_ALLOWED if known else INPUT_NOT_LISTED, facts))
    if season.standard == "ORGANIC" and work.input_kind in MUST_BE_ORGANIC and not (line and line.organic):
        found.append(Finding(work.entry_id, INPUT_NOT_ORGANIC, facts))
    return found


def _dose(season: SeasonFacts, work: WorkFacts, lines: InputLines, facts: Mapping[str, str]) -> list[Finding]:
    line = _line(work, lines)
    if line is None or line.max_per_ha is None:
        return []
    dose = dose_per_ha(work, season.area_m2, line.unit)
    if dose is None or dose <= line.max_per_ha:
        return []
    amounts = {"dose": f"{dose:f}", "limit": f"{line.max_per_ha.normalize():f}", "unit": line.unit}
    return [Finding(work.entry_id, DOSE_OVER_LIMIT, dict(facts) | amounts)]


def _too_early(harvest: HarvestFacts, works: Sequence[WorkFacts], lines: InputLines) -> list[Finding]:
    found = []
    for work in works:
        days = interval(work, lines) or 0
        waited = (harvest.on_date - work.on_date).days
        if 0 <= waited < days:
            facts = {
                "input": work.input_name,
                "work": work.on_date.isoformat(),
                "harvest": harvest.on_date.isoformat(),
                "waited": str(waited),
                "interval": str(days),
            }
            found.append(Finding(harvest.entry_id, HARVEST_TOO_EARLY, facts, cause=str(work.entry_id)))
    return found


def _yield(season: SeasonFacts, harvests: Sequence[HarvestFacts], limits: Limits) -> list[Finding]:
    """On each harvest with which the season's sum passes what the area can carry."""
    most = limits.max_kg_per_m2.get(season.plot_kind)
    if most is None:
        return []
    total, found = Decimal(0), []
    for harvest in sorted(harvests, key=lambda one: (one.on_date, one.entry_id)):
        total += harvest.quantity_kg
        if total > most * season.area_m2:
            facts = {"total": f"{total.normalize():f}", "area": f"{season.area_m2.normalize():f}", "most": f"{most:f}"}
            found.append(Finding(harvest.entry_id, YIELD_IMPLAUSIBLE, facts))
    return found


def _hazard(entry: HazardFacts) -> Finding:
    return Finding(entry.entry_id, HAZARD_FOUND, {"subject": entry.subject, "date": entry.on_date.isoformat()})
