"""From the cells of a file to an answer about each row. Reads through the importer, writes nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from langso.kernel.access.actors import Actor
from langso.kernel.imports.columns import ADDED_HEADINGS, letter
from langso.kernel.imports.importer import Checked, Importer, Note, Row
from langso.kernel.imports.models import Outcome
from langso.kernel.imports.reading.cells import ERRORS, NOT_COMPUTED

AnyChecked = Checked[Any]


class BrokenImporter(Exception):
    """An importer broke its contract (a programming error): the answers do not fit the rows, or a key is missing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of one file become rows: its headings, and the column (from 0) of each field."""

    headings: Sequence[str]
    columns: Mapping[str, int]

    def row(self, number: int, cells: Sequence[str], fields: Iterable[str]) -> Row:
        """The row as an importer sees it."""
        taken = set(self.columns.values())
        known = {name: _cell(cells, self.columns.get(name)) for name in fields}
        rest = {
            heading: _cell(cells, column)
            for column, heading in enumerate(self.headings)
            if heading and column not in taken and heading not in ADDED_HEADINGS
        }
        return Row(number, known, rest)


def judge(
    importer: Importer[Any],
    actor: Actor,
    *,
    layout: Layout,
    rows: Sequence[tuple[int, list[str]]],
    seen: dict[str, int],
) -> list[AnyChecked]:
    """One answer for each row, in order. `seen` maps each key to the row that has it, and learns the new ones."""
    names = [field.name for field in importer.fields]
    made = [(layout.row(number, cells, names), cells) for number, cells in rows]
    refused = {row.number: notes for row, cells in made if (notes := _faults(importer, layout, row, cells))}
    good = [row for row, _cells in made if row.number not in refused]
    checked = importer.check(actor, rows=good) if good else []
    if [answer.row.number for answer in checked] != [row.number for row in good]:
        raise BrokenImporter(f"{importer.kind}: check must answer every row once, in order")
    answers = {answer.row.number: _once(answer, seen) for answer in checked}
    return [answers.get(row.number) or AnyChecked.refuse(row, *refused[row.number]) for row, _cells in made]


def outcome_of(checked: AnyChecked) -> Outcome:
    """What becomes of a row with this answer."""
    if checked.problems:
        return Outcome.REFUSED
    if checked.object_id is not None:
        return Outcome.PRESENT
    return Outcome.REPAIRED if checked.repairs else Outcome.ACCEPTED


def in_batches(rows: Iterator[tuple[int, list[str]]], *, size: int) -> Iterator[list[tuple[int, list[str]]]]:
    """The rows, `size` at a time."""
    while batch := list(islice(rows, size)):
        yield batch


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _faults(importer: Importer[Any], layout: Layout, row: Row, cells: Sequence[str]) -> list[Note]:
    """What is wrong with a row before anybody looks at what it means."""
    required = [field.name for field in importer.fields if field.required and not row[field.name]]
    return [
        *(Note(name, "", _("This cell must be filled in.")) for name in required),
        *_outside(layout, cells),
        *_failed_formulas(layout, cells),
    ]


def _outside(layout: Layout, cells: Sequence[str]) -> Iterator[Note]:
    for column, cell in enumerate(cells):
        if cell and (column >= len(layout.headings) or not layout.headings[column]):
            sentence = _("Column %(column)s has no heading. A separator too many, or a heading too few: mend the row.")
            yield Note("", cell, sentence % {"column": letter(column)})


def _failed_formulas(layout: Layout, cells: Sequence[str]) -> Iterator[Note]:
    if not any(cell.startswith("#") for cell in cells):
        return
    names = {column: name for name, column in layout.columns.items()}
    for column, cell in enumerate(cells):
        if cell == NOT_COMPUTED:
            sentence = _("Column %(column)s holds a formula without a value. Open the file in Excel and save it again.")
            yield Note(names.get(column, ""), cell, sentence % {"column": letter(column)})
        elif cell in ERRORS:
            sentence = _("The formula in column %(column)s has failed. Mend it, or write the value itself.")
            yield Note(names.get(column, ""), cell, sentence % {"column": letter(column)})


def _once(answer: AnyChecked, seen: dict[str, int]) -> AnyChecked:
    """Refuse a row whose key an earlier row of the file has."""
    if answer.problems:
        return answer
    if not answer.key:
        raise BrokenImporter("a row that can be saved needs a key")
    first = seen.setdefault(answer.key, answer.row.number)
    if first == answer.row.number:
        return answer
    sentence = _("The same as row %(number)s of this file. Leave only one of the two.") % {"number": first}
    return answer.refused(Note("", "", sentence))
