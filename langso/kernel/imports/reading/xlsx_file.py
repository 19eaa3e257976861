"""XLSX: openpyxl understands the workbook, an own reader walks its cells, three times as quickly.

Source of the format: ECMA-376 (Office Open XML), part 1, §18.3 (worksheets), §18.4 (shared strings), §18.18.11 (cell
types). The value of a formula is the one that was stored; where none was stored, the cell is marked
(`cells.NOT_COMPUTED`) instead of being read as empty.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS

from langso.kernel.imports.reading.limits import LARGEST_CONTENT, BrokenFile, FileTooLarge, UnknownFormat
from langso.kernel.imports.reading.xlsx_cells import CellReader
from langso.kernel.imports.reading.xlsx_xml import rows_of, shared_strings_of

_DAMAGE: Final = (
    zipfile.BadZipFile,
    InvalidFileException,
    SyntaxError,
    expat.ExpatError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    EOFError,
    OSError,
)
"""What the libraries raise at damaged files. XML's own `ParseError` is a `SyntaxError`."""
_BYTES_A_ROW: Final = 400
"""Roughly, unpacked; for the progress bar until the rows have been counted."""


@dataclass(frozen=True, slots=True)
class XlsxTable:
    """One workbook. `parts` is the place of each sheet in the package; `expected_rows` an estimate."""

    content: bytes
    parts: dict[str, str]
    expected_rows: int

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(self.parts)

    def rows(self, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
        """Every row of the sheet (the first one by default) that the file holds, with its number."""
        with _damage_told(), _opened(self.content) as reader:
            part = self.parts[sheet or self.sheets[0]]
            read_cell = CellReader(_strings(reader), reader.wb)
            with reader.archive.open(part) as xml:
                yield from rows_of(xml, read_cell)


def open_xlsx(content: bytes) -> XlsxTable:
    """Look into the workbook. Raises `UnknownFormat`, `FileTooLarge`, `BrokenFile`."""
    with _damage_told():
        with zipfile.ZipFile(BytesIO(content)) as packed:
            sizes = {part.filename: part.file_size for part in packed.infolist()}
        if "[Content_Types].xml" not in sizes:
            raise UnknownFormat()
        if sum(sizes.values()) > LARGEST_CONTENT:
            raise FileTooLarge()
        with _opened(content) as reader:
            found = [(sheet.name, relation.target) for sheet, relation in reader.parser.find_sheets()]
        parts = {name: part for name, part in found if part in sizes and "chartsheet" not in part}
        if not parts:
            raise BrokenFile()
        return XlsxTable(content, parts, sizes[next(iter(parts.values()))] // _BYTES_A_ROW)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as damage:
        raise BrokenFile() from damage


@contextmanager
def _opened(content: bytes) -> Iterator[ExcelReader]:
    """The workbook's structure and styles; sheets and strings are not read yet."""
    reader = ExcelReader(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        yield reader
    finally:
        reader.archive.close()


def _strings(reader: ExcelReader) -> list[str]:
    """The texts that cells refer to by number."""
    part = reader.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
    if part is None:
        return []
    with reader.archive.open(part.PartName[1:]) as xml:
        return shared_strings_of(xml)
