"""What a trace page must tell, as data with a date: a new rule is a new set, and old lots keep theirs.

Source of the ten fields: Circular 02/2024/TT-BKHCN, in force from 1 June 2024. Field 6 is the code of the place of
production or trade, field 5 the code of the lot (codes after TCVN 13274:2020).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """What a field asks for. The value names the message in `models.FIELD_NAMES`."""

    PRODUCT_NAME = "PRODUCT_NAME"
    PICTURE = "PICTURE"
    MAKER = "MAKER"
    STEPS = "STEPS"
    LOT_CODE = "LOT_CODE"
    PLACE_CODE = "PLACE_CODE"
    TIME = "TIME"
    BRAND_LOT = "BRAND_LOT"
    EXPIRY = "EXPIRY"
    STANDARD = "STANDARD"


@dataclass(frozen=True, slots=True)
class TraceFieldSet:
    """The mandatory fields, in their order, from one day on. Field number = position + 1."""

    version: str
    basis: str
    valid_from: date
    fields: tuple[Field, ...]


FIELD_SETS: tuple[TraceFieldSet, ...] = (
    TraceFieldSet(
        version="VN-2024-02",
        basis="02/2024/TT-BKHCN",
        valid_from=date(2024, 6, 1),
        fields=(
            Field.PRODUCT_NAME,
            Field.PICTURE,
            Field.MAKER,
            Field.STEPS,
            Field.LOT_CODE,
            Field.PLACE_CODE,
            Field.TIME,
            Field.BRAND_LOT,
            Field.EXPIRY,
            Field.STANDARD,
        ),
    ),
)
"""Oldest first."""


def field_set_on(day: date) -> TraceFieldSet:
    """The set in force on a day; the oldest one for days before it."""
    in_force = [fields for fields in FIELD_SETS if fields.valid_from <= day]
    return in_force[-1] if in_force else FIELD_SETS[0]
