"""Until when packed goods keep."""

from collections.abc import Iterable
from datetime import date, timedelta


def expiry(*, packed: date, shelf_life_days: int | None, older: Iterable[date]) -> date | None:
    """The last day on which packed goods should be eaten, or None when nobody said how long they keep.

    `older` are the ends of goods that were mixed or repacked unchanged into these: repacking makes nothing younger, so
    the earliest end of all counts.
    """
    ends = list(older)
    if shelf_life_days is not None:
        ends.append(packed + timedelta(days=shelf_life_days))
    return min(ends, default=None)
