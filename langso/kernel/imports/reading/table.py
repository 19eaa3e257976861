"""Opening whatever was uploaded, and finding its heading. The table is read row by row, as often as needed."""

from collections.abc import Iterator
from itertools import islice
from typing import Final, Protocol

from langso.kernel.imports.reading.csv_file import open_csv
from langso.kernel.imports.reading.limits import (
    LARGEST_FILE,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    FileEmpty,
    FileTooLarge,
    OldExcel,
    TooManyColumns,
    TooManyRows,
    UnknownFormat,
    cell_too_long,
)
from langso.kernel.imports.reading.xlsx_file import open_xlsx

_ZIP_MAGIC: Final = b"PK\x03\x04"
_OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"PAR1", b"BZh")
_SAMPLE: Final = 30


class Table(Protocol):
    """A file that was understood. `sheets` is empty for CSV; `expected_rows` is an estimate for the progress bar."""

    @property
    def sheets(self) -> tuple[str, ...]: ...

    @property
    def expected_rows(self) -> int: ...

    def rows(self, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
        """(number, cells) of every row; raises `FileRefused` where the file breaks."""


def open_table(content: bytes) -> Table:
    """Understand a file by its content, not by its name. Raises a child of `FileRefused`."""
    if not content.strip():
        raise FileEmpty()
    if len(content) > LARGEST_FILE:
        raise FileTooLarge()
    if content.startswith(_OLE_MAGIC):
        raise OldExcel()
    if content.startswith(_OTHERS):
        raise UnknownFormat()
    return open_xlsx(content) if content.startswith(_ZIP_MAGIC) else open_csv(content)


def sample(table: Table, sheet: str) -> list[tuple[int, list[str]]]:
    """The first rows that are not blank. Raises `FileEmpty` when there are none."""
    rows = list(islice(filled(table, sheet), _SAMPLE))
    if not rows:
        raise FileEmpty()
    return rows


def filled(table: Table, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with something in it. Raises `TooManyRows`, `TooManyColumns` beyond the limits."""
    count = 0
    for number, cells in table.rows(sheet):
        if not any(cells):
            continue
        if max(map(len, cells)) > LONGEST_CELL:
            raise cell_too_long(number)
        count += 1
        if count > MOST_ROWS:
            raise TooManyRows()
        if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
            raise TooManyColumns()
        yield number, cells
