"""Reads the seed files: a text of our own, one unit a line, so that a change of the law is a change of a line.

@ 2025-07-01                          the units below begin on this day (a second date: they end on that one)
12 T Lai Châu                         code, kind, name; optionally "= English name"
 03390 X Bình Lư                      indented: inside the unit above
  03412 X Bình Lư > 03390             "> codes": what took its place; more than one: it was split, likeliest first
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

KINDS = {
    0: {"T": "PROVINCE", "C": "CITY"},
    1: {"X": "COMMUNE", "P": "WARD", "Đ": "SPECIAL_ZONE"},
}
FORMER_KINDS = {
    0: KINDS[0],
    1: {"H": "RURAL_DISTRICT", "Q": "URBAN_DISTRICT", "S": "TOWN", "M": "PROVINCIAL_CITY"},
    2: {"X": "COMMUNE", "P": "WARD", "W": "TOWNSHIP"},
}


class BadSeed(Exception):
    """A line of a seed file that cannot be read; the message gives the line."""


@dataclass(frozen=True, slots=True)
class SeedUnit:
    """One unit of a seed file. `valid_to` is the first day on which it is no more; `replaced_by` holds codes."""

    code: str
    kind: str
    name: str
    name_en: str
    province_code: str
    parent_code: str
    valid_from: date
    valid_to: date | None
    replaced_by: tuple[str, ...] = ()


def read_units(lines: Iterable[str], *, kinds: dict[int, dict[str, str]]) -> Iterator[SeedUnit]:
    """The units of a file, in its order. `kinds` gives the letters by depth. Raises `BadSeed`."""
    begins: date | None = None
    ends: date | None = None
    above = ["", "", ""]
    for line in lines:
        text = line.rstrip("\n")
        if not text or text.startswith("#"):
            continue
        if text.startswith("@"):
            begins, ends = _dates(text)
            continue
        if begins is None:
            raise BadSeed(f"no date before: {text}")
        depth = len(text) - len(text.lstrip(" "))
        unit = _unit(text.strip(), kinds.get(depth, {}), above[:depth], begins, ends)
        above[depth] = unit.code
        yield unit


def _dates(text: str) -> tuple[date, date | None]:
    try:
        days = [date.fromisoformat(word) for word in text[1:].split()]
    except ValueError:
        days = []
    if len(days) not in (1, 2):
        raise BadSeed(f"expected one or two dates: {text}")
    return days[0], days[1] if len(days) == 2 else None


def _unit(text: str, letters: dict[str, str], above: list[str], begins: date, ends: date | None) -> SeedUnit:
    described, _, targets = text.partition(" > ")
    named, _, english = described.partition(" = ")
    code, _, rest = named.partition(" ")
    letter, _, name = rest.partition(" ")
    if letter not in letters or not name or not code.isdigit():
        raise BadSeed(f"expected code, kind and name: {text}")
    return SeedUnit(
        code=code,
        kind=letters[letter],
        name=name,
        name_en=english,
        province_code=above[0] if above else code,
        parent_code=above[-1] if above else "",
        valid_from=begins,
        valid_to=ends,
        replaced_by=tuple(targets.split()),
    )
