"""The Vietnamese lunar calendar (âm lịch) of a day, from the positions of sun and moon. Pure arithmetic.

Rules: a month begins on the day (UTC+7) of a new moon; the eleventh month holds the winter solstice; when thirteen
months lie between two eleventh months, the first of them in which the sun enters no new sign is a leap month.
Sources: J. Meeus, *Astronomical Algorithms* (2nd ed.), ch. 25 (sun's longitude), ch. 49 (new moons); Decision 121/CP of
8 August 1967 (Viet Nam computes the calendar for UTC+7). ΔT is taken as 70 s, which holds for 1985-2060 within 40 s.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import floor, radians, sin
from typing import Final

STEMS: Final = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
BRANCHES: Final = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")

_ORDINAL_OF_JULIAN_DAY_ZERO: Final = 1721424.5
_ZONE: Final = 7 / 24
_DELTA_T: Final = 70 / 86400
_SYNODIC_MONTH: Final = 29.530588861
_FIRST_NEW_MOON: Final = 2451550.09766

# Meeus ch. 49, new moon: coefficient in days, multiples of sun's anomaly M, moon's anomaly M', argument F and node Ω,
# and the power of the eccentricity factor E. The terms left out sum to less than a minute and a half.
_NEW_MOON_TERMS: Final = (
    (-0.40720, 0, 1, 0, 0, 0),
    (0.17241, 1, 0, 0, 0, 1),
    (0.01608, 0, 2, 0, 0, 0),
    (0.01039, 0, 0, 2, 0, 0),
    (0.00739, -1, 1, 0, 0, 1),
    (-0.00514, 1, 1, 0, 0, 1),
    (0.00208, 2, 0, 0, 0, 2),
    (-0.00111, 0, 1, -2, 0, 0),
    (-0.00057, 0, 1, 2, 0, 0),
    (0.00056, 1, 2, 0, 0, 1),
    (-0.00042, 0, 3, 0, 0, 0),
    (0.00042, 1, 0, 2, 0, 1),
    (0.00038, 1, 0, -2, 0, 1),
    (-0.00024, -1, 2, 0, 0, 1),
    (-0.00017, 0, 0, 0, 1, 0),
)


@dataclass(frozen=True, slots=True)
class LunarDate:
    day: int
    month: int
    year: int
    leap: bool = False

    @property
    def year_name(self) -> str:
        """The year's name in the cycle of sixty: "Bính Ngọ" for 2026."""
        return f"{STEMS[(self.year + 6) % 10]} {BRANCHES[(self.year + 8) % 12]}"


@lru_cache(maxsize=512)
def lunar_date(day: date) -> LunarDate:
    """The lunar date of a Vietnamese calendar day. Trusted for 1985-2060; see the module's text."""
    ordinal = day.toordinal()
    months = _months_from_eleventh(day.year - 1)
    year = day.year
    if ordinal >= _eleventh_month(day.year):
        months, year = _months_from_eleventh(day.year), day.year + 1
    start, month, leap = next(entry for entry in reversed(months) if entry[0] <= ordinal)
    return LunarDate(ordinal - start + 1, month, year - 1 if month > 10 else year, leap)


@lru_cache(maxsize=16)
def _months_from_eleventh(year: int) -> tuple[tuple[int, int, bool], ...]:
    """The months (first day's ordinal, number, leap?) from the eleventh of `year` to the tenth of the next year."""
    start, end = _eleventh_month(year), _eleventh_month(year + 1)
    first = _moon_number(start)
    count = round((end - start) / _SYNODIC_MONTH)
    starts = [_new_moon_day(first + number) for number in range(count + 1)]
    months: list[tuple[int, int, bool]] = []
    number, leap_found = 10, count < 13
    for begin, after in pairwise(starts):
        leap = not leap_found and _sign(begin) == _sign(after)
        leap_found = leap_found or leap
        number += 0 if leap else 1
        months.append((begin, (number - 1) % 12 + 1, leap))
    return tuple(months)


def _eleventh_month(year: int) -> int:
    """First day (ordinal) of the lunar month in which the sun reaches 270°."""
    moon = _moon_number(date(year, 12, 31).toordinal())
    start = _new_moon_day(moon)
    return _new_moon_day(moon - 1) if _sign(start) >= 9 else start


def _moon_number(ordinal: int) -> int:
    """Number (Meeus' k) of the last new moon whose Vietnamese day is not after `ordinal`."""
    guess = floor((ordinal + _ORDINAL_OF_JULIAN_DAY_ZERO - _FIRST_NEW_MOON) / _SYNODIC_MONTH) + 1
    while _new_moon_day(guess) > ordinal:
        guess -= 1
    return guess


def _new_moon_day(number: int) -> int:
    """The Vietnamese day (ordinal) of a new moon."""
    t = number / 1236.85
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t
    angles = (
        2.5534 + 29.10535670 * number - 0.0000014 * t * t,
        201.5643 + 385.81693528 * number + 0.0107582 * t * t,
        160.7108 + 390.67050284 * number - 0.0016118 * t * t,
        124.7746 - 1.56375588 * number + 0.0020672 * t * t,
    )
    moment = _FIRST_NEW_MOON + _SYNODIC_MONTH * number + 0.00015437 * t * t
    for size, *multiples, power in _NEW_MOON_TERMS:
        angle = sum(multiple * angle for multiple, angle in zip(multiples, angles, strict=True))
        moment += size * eccentricity**power * sin(radians(angle))
    return floor(moment - _DELTA_T + _ZONE - _ORDINAL_OF_JULIAN_DAY_ZERO)


def _sign(ordinal: int) -> int:
    """In which twelfth of the ecliptic (0 from the spring equinox) the sun stands when the Vietnamese day begins."""
    t = (ordinal + _ORDINAL_OF_JULIAN_DAY_ZERO - _ZONE + _DELTA_T - 2451545.0) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    node = radians(125.04 - 1934.136 * t)
    return floor((mean + centre - 0.00569 - 0.00478 * sin(node)) % 360 / 30)
