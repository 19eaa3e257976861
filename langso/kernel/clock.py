"""The clock is asked at the edge, once per act, and passed inward: rules never look at it themselves."""

from datetime import date, datetime, timedelta, timezone

from django.utils import timezone as django_timezone

VIET_NAM = timezone(timedelta(hours=7), "ICT")
"""Viet Nam has one zone and no summer time."""


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return django_timezone.now()


def today() -> date:
    """The date on a wall calendar in Viet Nam."""
    return now().astimezone(VIET_NAM).date()


def local_date(moment: datetime) -> date:
    """The Vietnamese calendar date of an aware moment."""
    return moment.astimezone(VIET_NAM).date()
