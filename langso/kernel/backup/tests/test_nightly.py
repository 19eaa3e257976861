"""When a backup is due: once a night, caught up after a night without power, again after a failure."""

from datetime import UTC, datetime, timedelta

import pytest

from langso.kernel.backup.nightly import is_due
from langso.kernel.clock import VIET_NAM


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIET_NAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "last_good", "last_try", "due"),
    [
        (at(20, 12), None, None, True),  # a new node does not wait for the night
        (at(20, 1, 59), at(19, 2), at(19, 2), False),
        (at(20, 2), at(19, 2), at(19, 2), True),
        (at(20, 2, 1), at(20, 2), at(20, 2), False),
        (at(20, 9), at(18, 2), at(18, 2), True),  # it was off in the night
        (at(20, 2, 30), at(19, 2), at(20, 2), False),  # it failed half an hour ago
        (at(20, 3, 1), at(19, 2), at(20, 2), True),
        (at(20, 12), at(20, 12) + timedelta(days=365), at(20, 12) + timedelta(days=365), True),  # clock was ahead
    ],
)
def test_is_due(now: datetime, last_good: datetime | None, last_try: datetime | None, due: bool) -> None:
    assert is_due(now, last_good=last_good, last_try=last_try) is due
