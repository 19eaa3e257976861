"""Birth dates that may be only a year, and ages."""

import re
from dataclasses import dataclass
from datetime import date

OLDEST = 130

AGE_BANDS: dict[str, tuple[int, int | None]] = {
    "0-5": (0, 5),
    "6-14": (6, 14),
    "15-17": (15, 17),
    "18-34": (18, 34),
    "35-59": (35, 59),
    "60+": (60, None),
}
"""Ages in whole years, both ends included."""


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born: the day, or only the year, or nothing."""

    day: date | None = None
    year: int | None = None


def read_birth(typed: str) -> Birth | None:
    """`"31/1/1990"`, `"31-01-1990"`, `"1990-01-31"` or `"1990"`; nothing typed is an unknown birth. None: not
    understood."""
    text = typed.strip()
    if not text:
        return Birth()
    if re.fullmatch(r"\d{4}(\.0)?", text):
        return Birth(year=int(text[:4]))
    if found := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?", text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    return None


def _day(year: int, month: int, day: int) -> Birth | None:
    try:
        return Birth(day=date(year, month, day), year=year)
    except ValueError:
        return None


def age(birth: Birth, *, today: date) -> int | None:
    """Age in whole years; of a known year only, the age reached in this year. None when unknown."""
    if birth.day:
        return today.year - birth.day.year - ((today.month, today.day) < (birth.day.month, birth.day.day))
    return today.year - birth.year if birth.year else None


def birth_years(band: str, *, today: date) -> tuple[int | None, int]:
    """The birth years (first or None for open, last) that reach an age of the band in this year."""
    youngest, oldest = AGE_BANDS[band]
    return (today.year - oldest if oldest is not None else None), today.year - youngest
