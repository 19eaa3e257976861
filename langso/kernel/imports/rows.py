"""The rows of a run's file below its heading, for a pass from the beginning and for one that goes on."""

from collections.abc import Iterator
from itertools import islice
from typing import Final
from uuid import UUID

from langso.kernel.imports.models import ImportRun
from langso.kernel.imports.reading.table import filled, open_table
from langso.kernel.imports.storing import content_of

Numbered = tuple[int, list[str]]


def rows_of(run: ImportRun) -> Iterator[Numbered]:
    """Every row that is not blank, with its number in the file. Raises `FileRefused` where the file breaks."""
    table = open_table(content_of(run))
    return ((number, cells) for number, cells in filled(table, run.sheet) if number > run.heading_row)


def rows_after(run: ImportRun, done: int) -> Iterator[Numbered]:
    """The rows after the first `done`.

    A worker that takes its next turn at the same run goes on reading where it stopped, instead of reading a large
    spreadsheet from its beginning at each turn.
    """
    place = _PLACES.pop(run.pk, None)
    _PLACES.clear()
    if place is None or place.done != done:
        place = _Place(islice(rows_of(run), done, None), done)
    _PLACES[run.pk] = place
    return place


class _Place:
    """An open file and how many of its rows were taken from it."""

    def __init__(self, rows: Iterator[Numbered], done: int) -> None:
        self.rows = rows
        self.done = done

    def __iter__(self) -> Iterator[Numbered]:
        return self

    def __next__(self) -> Numbered:
        row = next(self.rows)
        self.done += 1
        return row


_PLACES: Final[dict[UUID, _Place]] = {}
"""The file this worker had open in its last turn; never more than one."""
