"""What a list shows: columns as data, and the cells that a template prints."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from django.utils import formats
from django.utils.translation import gettext as _

from langso.kernel.clock import VIET_NAM
from langso.kernel.errors import Text

Row = TypeVar("Row")

GROUPED_FROM = 10_000
"""Four digits are read without a point; a year must never get one."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column. `sort` is the model field it sorts by, `url` where its cell leads, `level` makes its cell a badge.

    `name` stands in the address and in the CSV's first line is replaced by the label. `in_csv=False` keeps a column
    of mere links out of the file, `in_table=False` one that only the file has room for; it can still be sorted by.
    """

    name: str
    label: Text
    value: Callable[[Row], object]
    sort: str = ""
    url: Callable[[Row], str | None] | None = None
    level: Callable[[Row], str] | None = None
    in_csv: bool = True
    in_table: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is what is read, `url` where it leads, `level` whether it is a badge; `is_number` sets it to the right."""

    label: Text
    text: str
    url: str
    level: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Header:
    """`direction` is "ascending", "descending" or empty; `url` sorts by this column, or the other way round."""

    label: Text
    url: str
    direction: str


def cell_of(column: Column[Row], row: Row) -> Cell:
    value = column.value(row)
    return Cell(
        label=column.label,
        text=shown(value),
        url=(column.url(row) if column.url else None) or "",
        level=column.level(row) if column.level else "",
        is_number=isinstance(value, (int, Decimal, float)) and not isinstance(value, bool),
    )


def shown(value: object) -> str:
    """A value as people read it here: numbers with Vietnamese points, dates day first, times at +07:00."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.astimezone(VIET_NAM).strftime("%H:%M %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (int, Decimal, float)):
        return formats.number_format(value, force_grouping=not -GROUPED_FROM < value < GROUPED_FROM)
    return str(value)


def for_csv(value: object) -> str:
    """A value as a spreadsheet reads it. Texts that a spreadsheet would take for a formula get an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return value.astimezone(VIET_NAM).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, Decimal, float)):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
