"""An old address is answered with the units of today. One answer, or a question: a split commune is never chosen for.

The address is read from its end: province, district, commune. Each may be missing but the commune; all ways to read it
are tried, and those that explain most of it win: most levels, then kinds that fit, then longer names, then the marks
as typed.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from langso.community.places.models import AdminUnit, Level, Succession
from langso.community.places.models.units import LEVEL_OF
from langso.community.places.queries.units import UnitCard, cards_of
from langso.community.places.rules.addresses import Candidate, Word, candidates, marked_form, words_of
from langso.kernel import clock
from langso.kernel.errors import NotHere

LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
MOST_WORDS = 40


class Finding(StrEnum):
    """What became of an old address."""

    ONE = "ONE"
    """One unit of today; it is `answer`."""
    SPLIT = "SPLIT"
    """The old unit was split: ask in which part the place lies."""
    SEVERAL = "SEVERAL"
    """Several old units have this name: ask which one is meant."""
    DISTRICT = "DISTRICT"
    """Only the district was recognised: its communes are offered."""
    TODAY = "TODAY"
    """The names are today's and fit better than any old ones: nothing to convert."""
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit of today that took the old one's place, wholly or in part. `is_likeliest` is a guess, shown first."""

    unit: UnitCard
    whole: bool
    is_likeliest: bool


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """An old commune (or island district) with what took its place, the likeliest first."""

    unit: UnitCard
    district_name: str
    successors: tuple[Successor, ...]

    @property
    def in_full(self) -> str:
        """As on old paper: "Xã Bình Lư, Huyện Tam Đường, tỉnh Lai Châu"."""
        return ", ".join(part for part in (self.unit.full_name, self.district_name, self.unit.province_name) if part)


@dataclass(frozen=True, slots=True)
class OldAddress:
    """What an old address is today. `answer` is set only where there is no doubt."""

    finding: Finding
    answer: UnitCard | None
    former: tuple[FormerUnit, ...]
    today: tuple[UnitCard, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    unit: AdminUnit
    candidate: Candidate


_Reading = tuple[_Match, ...]
"""The matches of one way to read the address, from the widest to the narrowest."""

NOTHING = (0, 0, 0, 0)
"""The rank of no reading at all."""


def units_of_old_address(text: str) -> OldAddress:
    """What "xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu" is today; province and district may be left out, marks too."""
    words = words_of(text)[-MOST_WORDS:]
    then, now = _readings(words, LAST_DAY_OF_DISTRICTS), _readings(words, clock.today())
    if max(map(_rank, now), default=NOTHING) > max(map(_rank, then), default=NOTHING):
        cards = cards_of([unit.pk for unit in _narrowest(now)])
        return OldAddress(Finding.TODAY, None, (), tuple(cards.values()))
    former = _narrowest(then)
    districts = [unit for unit in former if unit.level == Level.DISTRICT and unit.pk not in _with_successors(former)]
    if not former or len(districts) > 1:
        return OldAddress(Finding.UNKNOWN, None, ())
    if not districts:
        return _answer(_former_units(former))
    inside = AdminUnit.objects.on(LAST_DAY_OF_DISTRICTS).filter(level=Level.COMMUNE, parent_code=districts[0].code)
    offered = {unit.pk: unit for unit in (*former, *inside.order_by("matching_key")) if unit is not districts[0]}
    return OldAddress(Finding.DISTRICT, None, _former_units(list(offered.values())))


def successors_of(code: str, *, on_date: date) -> tuple[Successor, ...]:
    """The units of today in place of the one that had this code on that day; itself where it still stands.

    Raises `NotHere` when the code meant nothing that day.
    """
    row = AdminUnit.objects.on(on_date).filter(code=code).first()
    if row is None:
        raise NotHere()
    return _successors([row.pk])[row.pk]


def _answer(former: tuple[FormerUnit, ...]) -> OldAddress:
    codes = {successor.unit.code for unit in former for successor in unit.successors}
    if len(codes) == 1:
        return OldAddress(Finding.ONE, former[0].successors[0].unit, former)
    return OldAddress(Finding.SPLIT if len(former) == 1 else Finding.SEVERAL, None, former)


def _with_successors(units: list[AdminUnit]) -> set[str]:
    """Island districts had no communes and became special zones themselves."""
    return set(Succession.objects.filter(former__in=[unit.pk for unit in units]).values_list("former_id", flat=True))


def _readings(words: tuple[Word, ...], day: date) -> list[_Reading]:
    """Every way to read the words that ends in a district or a commune."""
    found: list[_Reading] = [()]
    for level in Level:
        matches = _matches(words, level, day, ends={_end(reading, words) for reading in found})
        found += [
            (*reading, match)
            for reading in found
            for match in matches[_end(reading, words)]
            if _lies_in(match.unit, reading)
        ]
    return [reading for reading in found if reading and reading[-1].unit.level != Level.PROVINCE]


def _end(reading: _Reading, words: tuple[Word, ...]) -> int:
    return reading[-1].candidate.before if reading else len(words)


def _lies_in(unit: AdminUnit, reading: _Reading) -> bool:
    above = {match.unit.level: match.unit.code for match in reading}
    return above.get(Level.PROVINCE, unit.province_code) == unit.province_code and (
        above.get(Level.DISTRICT, unit.parent_code) == unit.parent_code
    )


def _matches(words: tuple[Word, ...], level: Level, day: date, *, ends: set[int]) -> dict[int, list[_Match]]:
    """The units of a level whose name ends before one of the places, by that place. One query."""
    kinds = frozenset(kind.value for kind, its_level in LEVEL_OF.items() if its_level == level)
    possible = {end: candidates(words, end=end, level=level, kinds=kinds) for end in ends}
    keys = {candidate.key for found in possible.values() for candidate in found}
    units: dict[str, list[AdminUnit]] = {}
    for unit in AdminUnit.objects.on(day).filter(level=level, matching_key__in=keys) if keys else ():
        units.setdefault(unit.matching_key, []).append(unit)
    return {
        end: [_Match(unit, candidate) for candidate in found for unit in units.get(candidate.key, [])]
        for end, found in possible.items()
    }


def _narrowest(readings: list[_Reading]) -> list[AdminUnit]:
    """The last units of the readings that explain most of the address, each once."""
    best = max(map(_rank, readings), default=NOTHING)
    return list({reading[-1].unit.pk: reading[-1].unit for reading in readings if _rank(reading) == best}.values())


def _rank(reading: _Reading) -> tuple[int, int, int, int]:
    return (
        len(reading),
        sum(match.unit.kind in match.candidate.kinds for match in reading),
        sum(match.candidate.length for match in reading),
        sum(marked_form(match.unit.name) == match.candidate.marked for match in reading),
    )


def _former_units(units: list[AdminUnit]) -> tuple[FormerUnit, ...]:
    cards = cards_of([unit.pk for unit in units])
    above = AdminUnit.objects.on(LAST_DAY_OF_DISTRICTS).filter(
        level=Level.DISTRICT, code__in={unit.parent_code for unit in units}
    )
    districts = {unit.code: unit.full_name for unit in above}
    successors = _successors([unit.pk for unit in units])
    return tuple(FormerUnit(cards[unit.pk], districts.get(unit.parent_code, ""), successors[unit.pk]) for unit in units)


@dataclass(frozen=True, slots=True)
class _Step:
    unit_id: str
    whole: bool = True
    is_likeliest: bool = True


def _successors(unit_ids: list[str]) -> dict[str, tuple[Successor, ...]]:
    """What stands today in the units' places: followed on where a successor was replaced in its turn."""
    steps = {unit_id: [_Step(unit_id)] for unit_id in unit_ids}
    today = clock.today()
    while gone := _gone({step.unit_id for found in steps.values() for step in found}, today):
        steps = {unit_id: [later for step in found for later in _later(step, gone)] for unit_id, found in steps.items()}
    cards = cards_of([step.unit_id for found in steps.values() for step in found])
    return {
        unit_id: tuple(
            Successor(cards[step.unit_id], step.whole, step.is_likeliest)
            for step in sorted(found, key=lambda step: not step.is_likeliest)
        )
        for unit_id, found in steps.items()
    }


def _gone(unit_ids: set[str], today: date) -> dict[str, list[Succession]]:
    """The successions of those units that stand no longer, by unit."""
    gone: dict[str, list[Succession]] = {}
    for row in Succession.objects.filter(former__in=unit_ids, former__valid_to__lte=today).order_by("successor"):
        gone.setdefault(row.former_id, []).append(row)
    return gone


def _later(step: _Step, gone: dict[str, list[Succession]]) -> list[_Step]:
    if step.unit_id not in gone:
        return [step]
    return [
        _Step(
            row.successor_id,
            whole=step.whole and row.relation == Succession.Relation.WHOLE,
            is_likeliest=step.is_likeliest and row.is_likeliest,
        )
        for row in gone[step.unit_id]
    ]
