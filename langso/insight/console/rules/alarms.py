"""The one place that decides what of a box is an alarm. Pure: facts, limits and the present in, alarms out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import log2
from typing import Any, Final

from langso.kernel.link.facts import FORK, BoxFacts

MUCH_WORSE: Final = 7
"""So many times past its limit, a warning becomes a danger: a day of silence is a cut line, a week is a lost box."""
LITTLE: Final = 3
"""A disk with less than a third of the limit left is a danger."""
GROWN_OLD: Final = timedelta(days=7)
"""After so long, an alarm that somebody knows of is shown again all the same."""


class AlarmKind(StrEnum):
    """In the order in which they are shown: the gravest first."""

    FORK = "FORK"
    ENDED = "ENDED"
    SILENT = "SILENT"
    DISK = "DISK"
    BACKUP = "BACKUP"
    QUARANTINE = "QUARANTINE"
    INCIDENT = "INCIDENT"
    PARKED = "PARKED"
    LAG = "LAG"
    CLOCK = "CLOCK"


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is an alarm. The settings `LANGSO_ALARM_…`."""

    silent_hours: int = 24
    lag_entries: int = 1_000
    lag_hours: int = 24
    clock_seconds: int = 300
    disk_percent: int = 10
    backup_hours: int = 48


@dataclass(frozen=True, slots=True)
class Alarm:
    """`level`: warning or danger. `measure`: the figure that is past its limit, None where there is none.

    `grade` grows by one when the measure doubles, or with each thing that is counted. `began_at` tells one time that
    it happened from the next, where that is known.
    """

    kind: AlarmKind
    level: str
    grade: int
    measure: int | None = None
    began_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """That somebody knows of an alarm: up to which grade, of which time, and since when."""

    grade: int
    began_at: datetime | None
    noted_at: datetime


def alarms_of(box: BoxFacts, *, limits: Limits, now: datetime) -> list[Alarm]:
    """All alarms of a box, the gravest first. What a box said of itself counts until it says something else."""
    return [alarm for find in _FINDERS for alarm in find(box, limits, now)]


def still_known(alarm: Alarm, *, known: Known | None, now: datetime) -> bool:
    """Whether an alarm is quiet: known, the same as then, no worse, and not for too long."""
    if known is None or now - known.noted_at >= GROWN_OLD:
        return False
    return alarm.grade <= known.grade and alarm.began_at == known.began_at


def doublings(measure: float, limit: float) -> int:
    """0 at the limit, 1 at twice as much, 2 at four times."""
    return int(log2(max(1.0, measure / limit))) if limit > 0 else 0


def _fork(box: BoxFacts, limits: Limits, now: datetime) -> Iterator[Alarm]:
    began = min((each.first_at for each in box.incidents if each.kind == FORK), default=None)
    if began or box.state == "STOPPED":
        yield Alarm(AlarmKind.FORK, "danger", 1, began_at=began or box.ended_at)


def _ended(box: BoxFacts, limits: Limits, now: datetime) -> Iterator[Alarm]:
    if box.state == "REVOKED":
        yield Alarm(AlarmKind.ENDED, "danger", 1, began_at=box.ended_at)


def _silent(box: BoxFacts, limits: Limits, now: datetime) -> Iterator[Alarm]:
    heard_at = box.seen_at or box.joined_at
    hours = (now - heard_at) / timedelta(hours=1)
    if box.state == "ACTIVE" and hours >= limits.silent_hours:
        yield _graded(AlarmKind.SILENT, hours, limits.silent_hours, began_at=heard_at)


def _lag(box: BoxFacts, limits: Limits, now: datetime) -> Iterator[Alarm]:
    arrived_at = box.held.received_at or box.joined_at
    stuck = box.behind > 0 and now - arrived_at >= timedelta(hours=limits.lag_hours)
    if box.behind >= limits.lag_entries or stuck:
        yield Alarm(AlarmKind.LAG, "warning", doublings(box.behind, limits.lag_entries), box.behind)


def _clock(box: BoxFacts, limits: Limits, now: datetime) -> Iterator[Alarm]:
    offset = _whole(box, "clock_offset_s")
    if offset is not None and abs(offset) > limits.clock_seconds:
        yield Alarm(AlarmKind.CLOCK, "warning", doublings(abs(offset), limits.clock_seconds), offset)


def _disk(box: BoxFacts, limits: Limits, now: datetime) -> Iterator[Alarm]:
    free = _whole(box, "disk_free_percent")
    if free is not None and free < limits.disk_percent:
        level = "danger" if free * LITTLE < limits.disk_percent else "warning"
        yield Alarm(AlarmKind.DISK, level, limits.disk_percent - free, free)


def _backup(box: BoxFacts, limits: Limits, now: datetime) -> Iterator[Alarm]:
    if "backup_hours" not in box.report:
        return  # a program from before backups were told
    hours = _whole(box, "backup_hours")
    if hours is None:
        yield Alarm(AlarmKind.BACKUP, "warning", 0)
    elif hours > limits.backup_hours:
        yield _graded(AlarmKind.BACKUP, hours, limits.backup_hours)


def _counted(kind: AlarmKind, count: Callable[[BoxFacts], int]) -> Callable[..., Iterator[Alarm]]:
    def find(box: BoxFacts, limits: Limits, now: datetime) -> Iterator[Alarm]:
        found = count(box)
        if found:
            yield Alarm(kind, "warning", found, found)

    return find


def _quarantined(box: BoxFacts) -> int:
    return box.quarantined + (_whole(box, "quarantined") or 0)


def _incidents(box: BoxFacts) -> int:
    here = sum(each.kind != FORK for each in box.incidents)
    return here + (_whole(box, "incidents") or 0)


def _parked(box: BoxFacts) -> int:
    return _whole(box, "parked") or 0


def _graded(kind: AlarmKind, measure: float, limit: int, *, began_at: datetime | None = None) -> Alarm:
    level = "danger" if measure >= limit * MUCH_WORSE else "warning"
    return Alarm(kind, level, doublings(measure, limit), int(measure), began_at)


def _whole(box: BoxFacts, name: str) -> int | None:
    """A figure of a report; None where it is missing or no number, whatever a box sends."""
    value: Any = box.report.get(name)
    return int(value) if isinstance(value, int | float) and abs(value) < 1e15 else None


_FINDERS: Final = (
    _fork,
    _ended,
    _silent,
    _disk,
    _backup,
    _counted(AlarmKind.QUARANTINE, _quarantined),
    _counted(AlarmKind.INCIDENT, _incidents),
    _counted(AlarmKind.PARKED, _parked),
    _lag,
    _clock,
)
