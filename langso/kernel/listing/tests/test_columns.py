"""Cells on the screen and in the file."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from langso.kernel.listing.columns import for_csv, shown


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "có"),
        (1250000, "1.250.000"),
        (Decimal("1.5"), "1,5"),
        (date(2026, 11, 21), "21/11/2026"),
        (datetime(2026, 11, 21, 18, 30, tzinfo=UTC), "01:30 22/11/2026"),
        ("Lò Văn An", "Lò Văn An"),
    ],
)
def test_values_are_shown_as_people_here_read_them(value: object, expected: str) -> None:
    with translation.override("vi"):
        assert shown(value) == expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_never_becomes_a_formula(start: str) -> None:
    assert for_csv(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_negative_numbers_stay_numbers() -> None:
    assert for_csv(-5) == "-5"
    assert for_csv(Decimal("-1.5")) == "-1.5"
