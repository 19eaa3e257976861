"""Reading what people write in cells: dates, numbers, choices. Pure.

What could mean two things is refused, not guessed.

    reading = Reading(row)
    born = reading.value("birth_date", read_date)
    sex = reading.value("sex", choice({"nam": "MALE", "nu": "FEMALE"}))
    if reading.problems:
        return Checked.refuse(row, *reading.problems)
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Text
from langso.kernel.imports.importer import Note, Row
from langso.kernel.text import fold

T = TypeVar("T")

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_VIETNAMESE_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}([.,])[0-9]{3}")
_GROUPED = re.compile(
    r"-?[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+(?:,[0-9]+)?|(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?)"
)


class Unreadable(ValueError):
    """A cell that cannot be understood; `text` tells the person what to write instead."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


def read_date(text: str) -> date:
    """A day as `2020-01-31` or, as Vietnamese people write it, `31/1/2020`, `31-01-2020`, `31.1.2020`.

    Raises `Unreadable` for a day that does not exist and for a year of two digits.
    """
    iso, vietnamese = _ISO_DATE.fullmatch(text), _VIETNAMESE_DATE.fullmatch(text)
    if iso:
        year, month, day = iso.groups()
    elif vietnamese:
        day, month, year = vietnamese.groups()
    else:
        raise Unreadable(_("Write the date as day/month/year with four digits for the year, such as 31/01/2020."))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable(_("This day does not exist. Check day, month and year.")) from None


def read_whole(text: str) -> int:
    """A whole number: `12`, `12.0`, `1 250 000`, `1.250.000`. `Unreadable` for fractions and, as below, for `1.250`."""
    number = read_decimal(text)
    if number != number.to_integral_value():
        raise Unreadable(_("Write a whole number, without a fraction."))
    return int(number)


def read_decimal(text: str) -> Decimal:
    """A number with point or comma: `2.5`, `2,5`, `1.250,5`, `1,250.5`, `1 250`.

    `1.250` could be one thousand two hundred and fifty (Vietnamese) or one and a quarter (English): `Unreadable`.
    """
    if _THOUSANDS.fullmatch(text):
        raise Unreadable(_("This number can be read in two ways. Write thousands without a point, such as 1250."))
    if _PLAIN_NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if not _GROUPED.fullmatch(text):
        raise Unreadable(_("Write a number with digits only, such as 2,5."))
    return Decimal(_without_grouping(text))


def _without_grouping(text: str) -> str:
    """The plain form of a grouped number: the last kind of separator is the decimal one, if it occurs once."""
    text = re.sub(r"[ \u00a0\u202f]", "", text)
    comma, point = text.rfind(","), text.rfind(".")
    mark = "," if comma > point else "."
    if text.count(mark) > 1:
        return text.replace(mark, "")
    other = "." if mark == "," else ","
    return text.replace(other, "").replace(mark, ".")


def choice(meanings: Mapping[str, T]) -> Callable[[str], T]:
    """A reader for a closed list. Keys are compared folded: any case, with or without diacritics."""
    folded = {fold(word): meaning for word, meaning in meanings.items()}

    def read(text: str) -> T:
        try:
            return folded[fold(text)]
        except KeyError:
            words = ", ".join(list(meanings)[:12])
            raise Unreadable(_("Not known. Write one of: %(words)s.") % {"words": words}) from None

    return read


class Reading:
    """Reads one row's cells and gathers what is wrong and what was mended on the way."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.problems: list[Note] = []
        self.repairs: list[Note] = []

    def value(self, field: str, read: Callable[[str], T]) -> T | None:
        """The cell as `read` understands it; None when it is empty or, with a problem noted, unreadable."""
        text = self.row[field]
        if not text:
            return None
        try:
            return read(text)
        except Unreadable as unreadable:
            self.problem(field, unreadable.text)
            return None

    def problem(self, field: str, text: Text) -> None:
        """Note why the row cannot be taken. `field` "" means the row as a whole."""
        self.problems.append(Note(field, self.row.cells.get(field, ""), text))

    def repair(self, field: str, text: Text) -> None:
        """Note how a value was mended."""
        self.repairs.append(Note(field, self.row.cells.get(field, ""), text))
