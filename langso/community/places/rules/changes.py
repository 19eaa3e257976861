"""A change of communes by law: from the lines of a table to what ends, what begins and what takes whose place.

A line says where a commune (or a part of it) goes: its code, the code of the commune that it becomes or joins, and,
where that one begins on the day, its kind and name. Each commune that stands on the left ends on the day; one that
joins another which goes on has no kind and name on its line. Codes may be used again on the day on which they end.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from langso.kernel.text import fold, nfc

FIRST_DAY = date(2025, 7, 1)
"""The two tiers of today begin here; earlier changes came with the program."""
KINDS = {"xa": "COMMUNE", "commune": "COMMUNE", "phuong": "WARD", "ward": "WARD", "dac khu": "SPECIAL_ZONE"}
LONGEST_NAME = 60
MOST_LINES = 1000
COLUMNS = ("former_code", "code", "kind", "name", "name_en")


class ChangeFault(StrEnum):
    BAD_CODE = "BAD_CODE"
    BAD_KIND = "BAD_KIND"
    NO_NAME = "NO_NAME"
    OTHER_NAME = "OTHER_NAME"
    NOT_STANDING = "NOT_STANDING"
    BEGAN_LATER = "BEGAN_LATER"
    ENDS_ALREADY = "ENDS_ALREADY"
    NOT_AFTER = "NOT_AFTER"
    STANDS_ALREADY = "STANDS_ALREADY"
    TWICE = "TWICE"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the table as it was typed; `number` counts from 1."""

    number: int
    former_code: str
    code: str
    kind: str
    name: str
    name_en: str = ""

    @property
    def begins(self) -> bool:
        return bool(self.kind or self.name)


@dataclass(frozen=True, slots=True)
class LineFault:
    number: int
    fault: ChangeFault
    value: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A commune that stands on the day before the change; `valid_to` where its end is known already."""

    valid_from: date
    valid_to: date | None


def read_lines(text: str) -> list[ChangeLine]:
    """The lines of a pasted or uploaded table: comma, semicolon or tab between cells, a heading or none."""
    lines = [line for line in nfc(text).lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        return []
    mark = max(",;\t", key=lines[0].count)
    rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=mark)]
    if not any(cell.isdigit() for cell in rows[0]):
        rows = rows[1:]
    return [_line(number, row) for number, row in enumerate(rows, 1)]


def faults_of_change(
    lines: Sequence[ChangeLine], standing: Mapping[str, Standing], taken: Collection[str], day: date
) -> list[LineFault]:
    """All that speaks against these lines.

    `standing`: the communes of the province on the day before, by code; `taken`: codes that any unit of the country but
    those that end here has on the day or later.
    """
    leaving = {line.former_code for line in lines}
    faults: list[LineFault] = []
    for line in lines:
        faults += _faults_of_line(line, standing, leaving, day)
        if line.begins and line.code in taken:
            faults.append(LineFault(line.number, ChangeFault.STANDS_ALREADY, line.code))
    return [*faults, *_faults_between(lines)]


def kind_of(typed: str) -> str:
    """COMMUNE, WARD or SPECIAL_ZONE; empty for anything else."""
    return KINDS.get(fold(typed), "")


def _line(number: int, row: list[str]) -> ChangeLine:
    cells = [*row, "", "", "", "", ""][: len(COLUMNS)]
    return ChangeLine(number, *cells)


def _faults_of_line(
    line: ChangeLine, standing: Mapping[str, Standing], leaving: set[str], day: date
) -> Iterator[LineFault]:
    for code in (line.former_code, line.code):
        if not re.fullmatch(r"[0-9]{5}", code):
            yield LineFault(line.number, ChangeFault.BAD_CODE, code)
            return
    yield from _faults_of_former(line, standing.get(line.former_code), day)
    yield from _faults_of_next(line, standing, leaving)


def _faults_of_former(line: ChangeLine, former: Standing | None, day: date) -> Iterator[LineFault]:
    if former is None:
        yield LineFault(line.number, ChangeFault.NOT_STANDING, line.former_code)
    elif former.valid_from >= day:
        yield LineFault(line.number, ChangeFault.BEGAN_LATER, line.former_code)
    elif former.valid_to is not None:
        yield LineFault(line.number, ChangeFault.ENDS_ALREADY, line.former_code)


def _faults_of_next(line: ChangeLine, standing: Mapping[str, Standing], leaving: set[str]) -> Iterator[LineFault]:
    goes_on = line.code in standing and line.code not in leaving and standing[line.code].valid_to is None
    if not line.begins:
        if not goes_on:
            yield LineFault(line.number, ChangeFault.NOT_AFTER, line.code)
        return
    if not kind_of(line.kind):
        yield LineFault(line.number, ChangeFault.BAD_KIND, line.kind)
    if not line.name or max(len(line.name), len(line.name_en)) > LONGEST_NAME:
        yield LineFault(line.number, ChangeFault.NO_NAME, line.name)


def _faults_between(lines: Sequence[ChangeLine]) -> Iterator[LineFault]:
    pairs: set[tuple[str, str]] = set()
    names: dict[str, tuple[str, str, str]] = {}
    for line in lines:
        if (line.former_code, line.code) in pairs:
            yield LineFault(line.number, ChangeFault.TWICE, line.code)
        pairs.add((line.former_code, line.code))
        said = (kind_of(line.kind), line.name, line.name_en)
        if line.begins and names.setdefault(line.code, said) != said:
            yield LineFault(line.number, ChangeFault.OTHER_NAME, line.code)
