"""What a cell of a worksheet says, as text: by its type (ECMA-376 §18.18.11) and, for numbers, by its style."""

import re
from typing import Final

from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.workbook import Workbook

from langso.kernel.imports.reading.cells import NOT_COMPUTED, clean, from_spreadsheet

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How the format writes characters that XML does not allow."""


class CellReader:
    """Call it with (type, style, text, has a formula); gives the cell as `cells` describes."""

    def __init__(self, strings: list[str], book: Workbook) -> None:
        self.strings = [_unescaped(text) for text in strings]
        self.epoch = book.epoch
        self.dates = {str(style) for style in book._date_formats}  # type: ignore[attr-defined]
        self.durations = {str(style) for style in book._timedelta_formats}  # type: ignore[attr-defined]

    def __call__(self, kind: str, style: str, text: str, has_formula: bool) -> str:
        if not text:
            return NOT_COMPUTED if has_formula and kind != "str" else ""
        if kind == "s":
            return self.strings[int(text)]
        if kind == "n":
            return self._number(style, text)
        if kind == "d":
            return from_spreadsheet(from_ISO8601(text))  # type: ignore[no-untyped-call]
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        return _unescaped(text)

    def _number(self, style: str, text: str) -> str:
        """A number, or the day that it stands for when the cell is shown as a date."""
        if style in self.dates:
            return from_spreadsheet(from_excel(float(text), self.epoch, timedelta=style in self.durations))
        return text if text.isdigit() else from_spreadsheet(float(text))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return clean(text)
