"""Fills the table of units from the seed files. Called by a migration; safe to call again, adds only what is missing.

25,000 rows that every new node and every test database pays for: they go past the ORM, by `executemany`, which is four
times as fast. Rows of a seed never come from outside, and the columns are written out here.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from langso.community.places.rules.names import key_of_folded, without_marks
from langso.community.places.rules.seed_text import FORMER_KINDS, KINDS, SeedUnit, read_units
from langso.kernel.text import alphabet_key, fold

SEED = Path(__file__).parent / "seed"
LEVELS = {2: "PROVINCE", 3: "DISTRICT", 5: "COMMUNE"}
"""The number of digits of a code says its level."""

KNOWN = "SELECT id FROM places_adminunit"
ADD_UNIT = """
    INSERT INTO places_adminunit (id, code, level, kind, name, name_en, parent_code, province_code, valid_from,
                                  valid_to, folded, matching_key, sort_name)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
ADD_SUCCESSION = """
    INSERT INTO places_succession (former_id, successor_id, relation, is_likeliest) VALUES (%s, %s, %s, %s)"""


def load_units(connection: BaseDatabaseWrapper) -> int:
    """Store the units and what replaced them, all but those that are there; returns how many units were added."""
    with (SEED / "units.txt").open(encoding="utf-8") as lines:
        today = list(read_units(lines, kinds=KINDS))
    with (SEED / "former_units.txt").open(encoding="utf-8") as lines:
        former = list(read_units(lines, kinds=FORMER_KINDS))
    ends = _ends(today)
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        known = {pk for (pk,) in cursor.fetchall()}
        units = [row for row in _unit_rows(former, today, ends) if row[0] not in known]
        cursor.executemany(ADD_UNIT, units)
        successions = [row for row in (*_rebirths(ends), *_replacements(former)) if not {row[0], row[1]} <= known]
        cursor.executemany(ADD_SUCCESSION, successions)
    return len(units)


def area_id(code: str, valid_from: date) -> str:
    """The key of a unit: its code and its first day."""
    return f"{code}-{valid_from.isoformat()}"


def _ends(units: Iterable[SeedUnit]) -> dict[str, date]:
    """The last day's morrow of units whose code begins anew in a later block, by their id."""
    latest: dict[str, str] = {}
    ends: dict[str, date] = {}
    for unit in units:
        if unit.code in latest:
            ends[latest[unit.code]] = unit.valid_from
        latest[unit.code] = area_id(unit.code, unit.valid_from)
    return ends


def _unit_rows(
    former: Iterable[SeedUnit], today: Iterable[SeedUnit], ends: dict[str, date]
) -> Iterator[tuple[Any, ...]]:
    for unit in former:
        yield _row(unit, unit.valid_to, name_en="", sort_name="")
    for unit in today:
        english = unit.name_en or without_marks(unit.name)
        ends_on = ends.get(area_id(unit.code, unit.valid_from))
        yield _row(unit, ends_on, name_en=english, sort_name=alphabet_key(unit.name))


def _row(unit: SeedUnit, valid_to: date | None, *, name_en: str, sort_name: str) -> tuple[Any, ...]:
    folded = fold(unit.name)
    return (
        area_id(unit.code, unit.valid_from),
        unit.code,
        LEVELS[len(unit.code)],
        unit.kind,
        unit.name,
        name_en,
        unit.parent_code,
        unit.province_code,
        unit.valid_from.isoformat(),
        valid_to and valid_to.isoformat(),
        folded,
        key_of_folded(folded),
        sort_name,
    )


def _rebirths(ends: dict[str, date]) -> Iterator[tuple[Any, ...]]:
    """A unit whose code begins anew was replaced by that one, whole."""
    for former_id, day in ends.items():
        yield former_id, area_id(former_id.split("-", 1)[0], day), "WHOLE", True


def _replacements(former: Iterable[SeedUnit]) -> Iterator[tuple[Any, ...]]:
    for unit in former:
        assert unit.valid_to is not None
        former_id = area_id(unit.code, unit.valid_from)
        relation = "WHOLE" if len(unit.replaced_by) == 1 else "PART"
        for place, code in enumerate(unit.replaced_by):
            yield former_id, area_id(code, unit.valid_to), relation, place == 0
