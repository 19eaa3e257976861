"""Which row is the heading, and which column is which field. Pure but for the two languages of the labels."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from openpyxl.utils import get_column_letter

from langso.kernel.errors import Text
from langso.kernel.imports.importer import ImportField
from langso.kernel.text import fold

ROW_HEADING: Final = "Dòng / Row"
REASON_HEADING: Final = "Lý do / Reason"
"""The two columns that a download of refused rows adds. They say the same in every language, so that they are known
when the mended file comes back."""
ADDED_HEADINGS: Final = (ROW_HEADING, REASON_HEADING)
_SEARCHED: Final = 10
Numbered = tuple[int, list[str]]


def find_heading(rows: Sequence[Numbered], fields: Sequence[ImportField]) -> int:
    """The number of the row that names the most fields; the first row when none does. `rows` are the first rows."""
    known = _known(fields)
    return max(rows[:_SEARCHED], key=lambda row: (len(_matches(row[1], known)), -row[0]))[0]


def guess(headings: Sequence[str], fields: Sequence[ImportField]) -> dict[str, int]:
    """Column number (from 0) by field name, for the fields whose name, label or alias stands in the heading."""
    return _matches(headings, _known(fields))


def heading_of(rows: Sequence[Numbered], number: int) -> list[str]:
    """The cells of row `number`, as wide as the widest row, filled up with empty ones."""
    width = max((len(cells) for _number, cells in rows), default=0)
    cells = next((cells for found, cells in rows if found == number), [])
    return cells + [""] * (width - len(cells))


def problems_of(headings: Sequence[str], rows: Sequence[Numbered]) -> list[Text]:
    """Why this heading cannot be used: nothing in it, two columns of one name, a column without a name in use.

    A column without a name that only a few rows fill is no fault of the heading: those rows are refused.
    """
    if not any(headings):
        return [_("The heading row is empty. Choose the row that holds the names of the columns.")]
    return [*_twins(headings), *_nameless(headings, rows)]


def missing(columns: Mapping[str, int], fields: Sequence[ImportField]) -> list[Text]:
    """Labels of the required fields that have no column."""
    return [field.label for field in fields if field.required and field.name not in columns]


def fingerprint(headings: Sequence[str]) -> str:
    """The same for files with the same columns in the same order, in whatever case or spacing."""
    return sha256("\n".join(fold(heading) for heading in headings).encode()).hexdigest()


def letter(column: int) -> str:
    """The name of a column (from 0) in a spreadsheet: A, B … AA."""
    return get_column_letter(column + 1)


def _known(fields: Sequence[ImportField]) -> dict[str, str]:
    """Field name by every folded heading that means it. A name or label counts before another field's alias."""
    known: dict[str, str] = {}
    for field in fields:
        labels = []
        for language in ("vi", "en"):
            with override(language):
                labels.append(str(field.label))
        for word in (field.name, *labels):
            known[fold(word)] = field.name
    for field in fields:
        for alias in field.aliases:
            known.setdefault(fold(alias), field.name)
    return known


def _matches(headings: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, heading in enumerate(headings):
        field = known.get(fold(heading)) or known.get(fold(heading.split("(")[0]))
        if heading and field:
            columns.setdefault(field, column)
    return columns


def _twins(headings: Sequence[str]) -> list[Text]:
    first: dict[str, int] = {}
    found: list[Text] = []
    for column, heading in enumerate(headings):
        earlier = first.setdefault(heading, column)
        if heading and earlier != column:
            sentence = _(
                "Columns %(one)s and %(two)s are both called “%(name)s”. Give them different names in the file."
            )
            found.append(sentence % {"one": letter(earlier), "two": letter(column), "name": heading})
    return found


def _nameless(headings: Sequence[str], rows: Sequence[Numbered]) -> list[Text]:
    letters = [
        letter(column) for column, heading in enumerate(headings) if not heading and _mostly_filled(column, rows)
    ]
    if not letters:
        return []
    sentence = _(
        "These columns hold something but have no name: %(columns)s. Perhaps heading cells are merged: unmerge them "
        "in the file, give each column a name, or choose another heading row."
    )
    return [sentence % {"columns": ", ".join(letters)}]


def _mostly_filled(column: int, rows: Sequence[Numbered]) -> bool:
    filled = sum(len(cells) > column and bool(cells[column]) for _number, cells in rows)
    return filled * 2 >= len(rows) > 0
