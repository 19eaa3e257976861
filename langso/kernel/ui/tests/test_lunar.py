"""Days that every Vietnamese calendar agrees on, among them those on which China counts another day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.ui.lunar import LunarDate, lunar_date

NEW_YEARS = (
    (date(1985, 1, 21), "Ất Sửu"),  # a month before China's
    (date(2007, 2, 17), "Đinh Hợi"),  # a day before China's
    (date(2020, 1, 25), "Canh Tý"),
    (date(2023, 1, 22), "Quý Mão"),
    (date(2024, 2, 10), "Giáp Thìn"),
    (date(2025, 1, 29), "Ất Tỵ"),
    (date(2026, 2, 17), "Bính Ngọ"),
    (date(2030, 2, 2), "Canh Tuất"),  # a day before China's
)


@pytest.mark.parametrize(("day", "name"), NEW_YEARS)
def test_new_year(day: date, name: str) -> None:
    assert lunar_date(day) == LunarDate(1, 1, day.year)
    assert lunar_date(day).year_name == name
    assert lunar_date(day - timedelta(days=1)).month == 12


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2017, 7, 23), 6),
        (date(2020, 5, 23), 4),
        (date(2023, 3, 22), 2),
        (date(2025, 7, 25), 6),
        (date(2033, 12, 22), 11),
    ],
)
def test_leap_months_begin(day: date, month: int) -> None:
    assert lunar_date(day) == LunarDate(1, month, day.year, leap=True)
    assert not lunar_date(day - timedelta(days=1)).leap


@given(st.dates(date(1985, 2, 1), date(2059, 12, 30)))
def test_days_follow_each_other(day: date) -> None:
    today, tomorrow = lunar_date(day), lunar_date(day + timedelta(days=1))
    if tomorrow.day == 1:
        assert today.day in (29, 30)
        assert tomorrow.month in (today.month, today.month % 12 + 1)
    else:
        assert tomorrow == LunarDate(today.day + 1, today.month, today.year, today.leap)
