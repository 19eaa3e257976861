"""The clock is asked at the edge, once per act, and passed inward: rules never look at it themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

from django.utils import timezone as django_timezone

VIET_NAM = timezone(timedelta(hours=7), "ICT")
"""Viet Nam has one zone and no summer time."""


_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)
_acted_at: ContextVar[datetime | None] = ContextVar("acted_at", default=None)


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


@contextmanager
def acting_at(moment: datetime | None) -> Iterator[None]:
    """What is done inside the block was done by somebody offline at another moment, by this node's clock."""
    token = _acted_at.set(moment)
    try:
        yield
    finally:
        _acted_at.reset(token)


def acted_at() -> datetime | None:
    """When the present act was done, where that was not now: filled in on a phone without a link, sent later."""
    return _acted_at.get()


def today() -> date:
    """The date on a wall calendar in Viet Nam."""
    return now().astimezone(VIET_NAM).date()


def local_date(moment: datetime) -> date:
    """The Vietnamese calendar date of an aware moment."""
    return moment.astimezone(VIET_NAM).date()
