"""What a cell becomes: text in NFC, trimmed. Pure."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from langso.kernel.text import nfc

ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
"""What a spreadsheet shows for a formula that failed."""
NOT_COMPUTED: Final = "#FORMULA!"
"""Our own mark for a formula whose value the file does not hold."""
_FORMULA_STARTS: Final = ("'=", "'+", "'-", "'@")


def clean(text: str) -> str:
    """A text cell as it is used: NFC, trimmed, without the guard that our own exports put before `=`."""
    text = nfc(text).strip().lstrip("\ufeff")
    return text[1:] if text.startswith(_FORMULA_STARTS) else text


def from_spreadsheet(value: object) -> str:
    """A typed cell as text: days as `2020-01-31`, moments as `2020-01-31 08:30`, numbers without a useless `.0`."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return clean(str(value))


def _number(value: float) -> str:
    """The shortest decimal that a spreadsheet would show: `3`, `2.5`, never `1e+16`."""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
