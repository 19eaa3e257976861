"""Reading cells: what is clear is read, what could mean two things is refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.imports.importer import Row
from langso.kernel.imports.values import Reading, Unreadable, choice, read_date, read_decimal, read_whole


@pytest.mark.parametrize(
    "text", ["2020-01-31", "31/01/2020", "31/1/2020", "31-1-2020", "31.01.2020", "2020-01-31 00:00:00"]
)
def test_a_day_in_every_way_people_write_it(text: str) -> None:
    assert read_date(text) == date(2020, 1, 31)


@pytest.mark.parametrize("text", ["31/01/20", "30/2/2020", "2020", "1/13/2020", "43861", "31 01 2020", "31/01/2020 x"])
def test_a_day_that_is_none_or_not_clear(text: str) -> None:
    with pytest.raises(Unreadable):
        read_date(text)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    assert read_date(day.isoformat()) == read_date(f"{day.day}/{day.month}/{day.year:04}") == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.5", "2.5"),
        ("2,5", "2.5"),
        ("0,125", "0.125"),
        ("1250", "1250"),
        ("1.250,5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("1.250.000", "1250000"),
        ("1,250,000", "1250000"),
        ("1 250 000,75", "1250000.75"),
        ("-3", "-3"),
    ],
)
def test_a_number_in_both_styles(text: str, number: str) -> None:
    assert read_decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["1.250", "1,250", "12.345", "1.25.000", "1e5", "hai", "2..5", "1 25", "٣"])
def test_a_number_that_is_none_or_not_clear(text: str) -> None:
    with pytest.raises(Unreadable):
        read_decimal(text)


def test_whole_numbers() -> None:
    assert [read_whole(text) for text in ("12", "12.0", "1.250.000")] == [12, 12, 1250000]
    for text in ("12.5", "1.250"):
        with pytest.raises(Unreadable):
            read_whole(text)


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_every_whole_number_is_read_back(number: int) -> None:
    assert read_whole(str(number)) == number
    if abs(number) >= 10**6:
        assert read_whole(f"{number:,}".replace(",", ".")) == number


def test_a_choice_needs_no_diacritics() -> None:
    sex = choice({"nam": "MALE", "nữ": "FEMALE"})
    assert [sex(text) for text in ("Nam", "NỮ", "nu")] == ["MALE", "FEMALE", "FEMALE"]
    with pytest.raises(Unreadable, match="nam, nữ"):
        sex("x")


def test_a_reading_gathers_problems_and_repairs() -> None:
    reading = Reading(Row(3, {"born": "30/2/2020", "count": "", "size": "2"}, {}))
    assert reading.value("born", read_date) is None
    assert reading.value("count", read_whole) is None
    assert reading.value("size", read_whole) == 2
    reading.repair("size", "doubled")
    assert [(note.field, note.value) for note in reading.problems] == [("born", "30/2/2020")]
    assert [(note.field, str(note.text)) for note in reading.repairs] == [("size", "doubled")]
