"""The clock is asked at the edge, once per act, and passed inward: rules never look at it themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

from django.utils import timezone as django_timezone

VIET_NAM = timezone(timedelta(hours=7), "ICT")
"""Viet Nam has one zone and no summer time."""


_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set_to.get() or django_timezone.now()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let the clock stand at another moment inside the block: how a demo commune comes to have a past."""
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def today() -> date:
    """The date on a wall calendar in Viet Nam."""
    return now().astimezone(VIET_NAM).date()


def local_date(moment: datetime) -> date:
    """The Vietnamese calendar date of an aware moment."""
    return moment.astimezone(VIET_NAM).date()
