"""Decisions about notices: no Django, no database, no clock."""

from datetime import date
from enum import StrEnum

LONGEST_TITLE = 160
LONGEST_TEXT = 4000
LONGEST_REASON = 300


class Urgency(StrEnum):
    """How soon somebody should read it; the last are the first to be shown."""

    ORDINARY = "ORDINARY"
    IMPORTANT = "IMPORTANT"
    URGENT = "URGENT"


class Audience(StrEnum):
    """`STAFF`: the people who work for the commune and its organisations; nobody else sees it."""

    EVERYBODY = "EVERYBODY"
    STAFF = "STAFF"


class NoticeState(StrEnum):
    CURRENT = "CURRENT"
    OVER = "OVER"
    WITHDRAWN = "WITHDRAWN"


def state_of(*, until_date: date | None, is_withdrawn: bool, today: date) -> NoticeState:
    """How a notice stands on a day; it is still current on its last one."""
    if is_withdrawn:
        return NoticeState.WITHDRAWN
    return NoticeState.OVER if until_date is not None and until_date < today else NoticeState.CURRENT
