"""XLSX by openpyxl in its reading mode: values of formulas, days as days, one row at a time in memory.

Source of the format: ECMA-376 (Office Open XML). A formula whose value was never stored would read as an empty cell; it
is marked instead (`cells.NOT_COMPUTED`), so that it can be refused.
"""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import repeat
from typing import Final, cast
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from langso.kernel.imports.reading.cells import NOT_COMPUTED, from_spreadsheet
from langso.kernel.imports.reading.limits import LARGEST_CONTENT, BrokenFile, FileTooLarge, UnknownFormat

_FORMULA: Final = (b"<f>", b"<f ", b"<f/>")
_DAMAGE: Final = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    TypeError,
)

Cells = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class XlsxTable:
    """One workbook. `expected_rows` is what the first sheet says of itself."""

    content: bytes
    sheets: tuple[str, ...]
    expected_rows: int
    has_formulas: bool

    def rows(self, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
        """Every row of the sheet (the first one by default) with its number."""
        with _workbook(self.content) as values, _workbook(self.content, formulas=True) as formulas:
            name = sheet or self.sheets[0]
            computed: Iterable[Cells] = _iterate(values, name)
            written: Iterable[Cells] = _iterate(formulas, name) if self.has_formulas else repeat(())
            numbered = enumerate(zip(computed, written, strict=False), 1)
            while (found := _next(numbered)) is not None:
                number, (row, source) = found
                yield number, _texts(row, source)


def open_xlsx(content: bytes) -> XlsxTable:
    """Look into the workbook. Raises `UnknownFormat`, `FileTooLarge`, `BrokenFile`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if "[Content_Types].xml" not in packed.namelist():
                raise UnknownFormat()
            if sum(part.file_size for part in packed.infolist()) > LARGEST_CONTENT:
                raise FileTooLarge()
            has_formulas = _has_formulas(packed)
        with _workbook(content) as book:
            sheets = tuple(sheet.title for sheet in book.worksheets)
            if not sheets:
                raise BrokenFile()
            return XlsxTable(content, sheets, (book.worksheets[0].max_row or 1) - 1, has_formulas)
    except _DAMAGE as damage:
        raise BrokenFile() from damage


@contextmanager
def _workbook(content: bytes, *, formulas: bool = False) -> Iterator[Workbook]:
    book = load_workbook(BytesIO(content), read_only=True, data_only=not formulas, keep_links=False)
    try:
        yield book
    finally:
        book.close()


def _iterate(book: Workbook, name: str) -> Iterator[Cells]:
    sheet = next((sheet for sheet in book.worksheets if sheet.title == name), None)
    if sheet is None:
        raise BrokenFile()
    # What a file says of its own size is often wrong; without it openpyxl reads what is really there.
    cast(ReadOnlyWorksheet, sheet).reset_dimensions()
    return sheet.iter_rows(values_only=True)


def _next(numbered: "enumerate[tuple[Cells, Cells]]") -> tuple[int, tuple[Cells, Cells]] | None:
    try:
        return next(numbered, None)
    except _DAMAGE as damage:
        raise BrokenFile() from damage


def _texts(row: Cells, source: Cells) -> list[str]:
    texts = [from_spreadsheet(value) for value in row]
    for column, formula in enumerate(source):
        if _is_formula(formula) and column < len(row) and row[column] is None:
            texts[column] = NOT_COMPUTED
    return texts


def _is_formula(value: object) -> bool:
    return isinstance(value, (ArrayFormula, DataTableFormula)) or (isinstance(value, str) and value.startswith("="))


def _has_formulas(packed: zipfile.ZipFile) -> bool:
    """Whether any sheet holds a formula: only then the workbook is read twice."""
    return any(
        any(mark in packed.read(part) for mark in _FORMULA)
        for part in packed.namelist()
        if part.startswith("xl/worksheets/")
    )
