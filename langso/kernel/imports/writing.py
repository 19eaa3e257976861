"""Writing tables for people to open, mend and upload again: CSV that Excel reads as UTF-8, and XLSX."""

import csv
from collections.abc import Iterable, Sequence
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import _WorkbookChild

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t")


class FileFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def content_type(self) -> str:
        spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return "text/csv; charset=utf-8" if self == FileFormat.CSV else spreadsheet


def write_table(file_format: FileFormat, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table of text as a file's bytes. Every cell stays text: no zero is lost, nothing becomes a formula."""
    return _csv(headings, rows) if file_format == FileFormat.CSV else _xlsx(headings, rows)


def guarded(cell: str) -> str:
    """A cell that a spreadsheet will not run as a formula: an apostrophe before it, which our import takes off again.

    Plain numbers and phone numbers are left as they are. Source: OWASP, "CSV Injection".
    """
    if (
        not cell.startswith(FORMULA_STARTS)
        or cell[1:].replace(" ", "").replace(".", "", 1).replace(",", "", 1).isdigit()
    ):
        return cell
    return "'" + cell


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Langso")
    sheet.freeze_panes = "A2"
    for column, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(column)].width = max(12, min(len(heading) + 4, 40))
    sheet.append([_heading(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_text(sheet, cell) for cell in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _heading(sheet: _WorkbookChild, text: str) -> Cell:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _text(sheet: _WorkbookChild, text: str) -> Cell:
    """A cell that is text even when it begins with `=` or looks like a number."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub(" ", text))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
