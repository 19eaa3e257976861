"""Small charts as SVG: bars of days. The table beside them says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WIDTH, HEIGHT = 600, 120
DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's bar in units of the drawing; `value` is None on a day of which nothing is known."""

    date: date
    value: int | None
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    most: int
    first: date
    last: date

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT}"

    @property
    def base(self) -> int:
        return HEIGHT


def bars_of_days(values: Mapping[date, int], *, last: date, most: int = 0, days: int = DAYS) -> Chart:
    """The last days up to `last`, one bar each. `most`: what the whole height means; the highest value when 0."""
    dates: Sequence[date] = [last - timedelta(days=days - 1 - number) for number in range(days)]
    top = most or max((values.get(day, 0) for day in dates), default=0) or 1
    step = WIDTH // days
    bars = []
    for number, day in enumerate(dates):
        value = values.get(day)
        height = 0 if not value else max(2, round(min(value, top) / top * (HEIGHT - 2)))
        bars.append(Bar(day, value, number * step + 2, HEIGHT - height, step - 4, height))
    return Chart(tuple(bars), top, dates[0], last)
