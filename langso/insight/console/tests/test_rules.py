"""What of a box is an alarm, how grave, and when one that is known comes back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from langso.insight.console.rules.alarms import Alarm, AlarmKind, Known, Limits, alarms_of, still_known
from langso.insight.console.rules.links import Link, link_of_box, link_without_box
from langso.kernel.link.facts import BoxFacts, Holding, OpenIncident

NOW = datetime(2026, 12, 1, 5, tzinfo=UTC)
LIMITS = Limits()
QUIET = {
    "disk_free_percent": 60,
    "parked": 0,
    "backup_hours": 12,
    "clock_offset_s": 0,
    "quarantined": 0,
    "incidents": 0,
}
BOX = BoxFacts(
    node="node", name="box", communes=("03370",), state="ACTIVE", why="", joined_at=NOW - timedelta(days=90),
    ended_at=None, seen_at=NOW, greeted_at=NOW - timedelta(hours=5), version="1.0",
    held=Holding(100, NOW, NOW), behind=0, down=0, down_at=None, report=QUIET, reported_at=NOW, quarantined=0,
    incidents=(),
)  # fmt: skip


def box(report: dict[str, Any] | None = None, **said: Any) -> BoxFacts:
    return replace(BOX, report=QUIET | (report or {}), **said)


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def found(facts: BoxFacts, now: datetime = NOW, limits: Limits = LIMITS) -> list[tuple[str, str, int | None]]:
    return [(alarm.kind.value, alarm.level, alarm.measure) for alarm in alarms_of(facts, limits=limits, now=now)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (box(), []),
        (box(seen_at=ago(hours=23.9)), []),
        (box(seen_at=ago(hours=24)), [("SILENT", "warning", 24)]),
        (box(seen_at=ago(days=7)), [("SILENT", "danger", 168)]),
        (box(seen_at=None), [("SILENT", "danger", 2160)]),
        (box(seen_at=ago(days=7), state="REVOKED", ended_at=NOW), [("ENDED", "danger", None)]),
        (box(state="STOPPED", ended_at=NOW), [("FORK", "danger", None)]),
        (box(incidents=(OpenIncident("FORK", NOW),)), [("FORK", "danger", None)]),
        (box(incidents=(OpenIncident("MALFORMED", NOW),)), [("INCIDENT", "warning", 1)]),
        (box({"incidents": 2}), [("INCIDENT", "warning", 2)]),
        (box(behind=999), []),
        (box(behind=1_000), [("LAG", "warning", 1_000)]),
        (box(behind=1, held=Holding(5, ago(hours=24), NOW)), [("LAG", "warning", 1)]),
        (box(behind=0, held=Holding(5, ago(days=9), NOW)), []),
        (box({"clock_offset_s": 300}), []),
        (box({"clock_offset_s": -301}), [("CLOCK", "warning", -301)]),
        (box({"disk_free_percent": 10}), []),
        (box({"disk_free_percent": 9}), [("DISK", "warning", 9)]),
        (box({"disk_free_percent": 3}), [("DISK", "danger", 3)]),
        (box({"backup_hours": 48}), []),
        (box({"backup_hours": 60}), [("BACKUP", "warning", 60)]),
        (box({"backup_hours": 336}), [("BACKUP", "danger", 336)]),
        (box({"backup_hours": None}), [("BACKUP", "warning", None)]),
        (box({"parked": 3}), [("PARKED", "warning", 3)]),
        (box({"quarantined": 1}, quarantined=2), [("QUARANTINE", "warning", 3)]),
        (replace(BOX, report={}), []),
        (replace(BOX, report={"disk_free_percent": "full", "parked": [], "clock_offset_s": 1e300}), []),
    ],
)  # fmt: skip
def test_an_alarm_begins_at_its_limit(facts: BoxFacts, expected: list[tuple[str, str, int | None]]) -> None:
    assert found(facts) == expected


def test_the_limits_are_the_operators() -> None:
    strict = Limits(silent_hours=1, lag_entries=10, clock_seconds=10, disk_percent=70, backup_hours=6)
    facts = box({"clock_offset_s": 11}, seen_at=ago(hours=2), behind=20)
    assert [kind for kind, _level, _measure in found(facts, limits=strict)] == [
        "SILENT", "DISK", "BACKUP", "LAG", "CLOCK",
    ]  # fmt: skip
    assert found(facts) == []


def known(alarm: Alarm, **said: Any) -> Known:
    return replace(Known(alarm.grade, alarm.began_at, NOW), **said)


def test_a_known_alarm_is_quiet_until_it_gets_worse_begins_anew_or_grows_old() -> None:
    silent_at = ago(hours=30)
    (alarm,) = alarms_of(box(seen_at=silent_at), limits=LIMITS, now=NOW)
    noted = known(alarm)
    assert not still_known(alarm, known=None, now=NOW)
    assert still_known(alarm, known=noted, now=NOW + timedelta(days=6))
    assert not still_known(alarm, known=noted, now=NOW + timedelta(days=7))
    later = NOW + timedelta(hours=24)
    (worse,) = alarms_of(box(seen_at=silent_at), limits=LIMITS, now=later)
    assert worse.measure == 54
    assert not still_known(worse, known=noted, now=later)
    (again,) = alarms_of(box(seen_at=ago(hours=25)), limits=LIMITS, now=NOW)
    assert not still_known(again, known=noted, now=NOW)


@pytest.mark.parametrize(("before", "after", "quiet"), [(3, 3, True), (3, 2, True), (3, 4, False)])
def test_one_more_parked_entry_is_worse(before: int, after: int, quiet: bool) -> None:
    (noted,) = alarms_of(box({"parked": before}), limits=LIMITS, now=NOW)
    (alarm,) = alarms_of(box({"parked": after}), limits=LIMITS, now=NOW)
    assert alarm.kind is AlarmKind.PARKED
    assert still_known(alarm, known=known(noted), now=NOW) is quiet


@pytest.mark.parametrize(
    ("facts", "link", "since"),
    [
        (box(), Link.UP, ago(hours=5)),
        (box(seen_at=ago(minutes=2)), Link.UP, ago(hours=5)),
        (box(seen_at=ago(minutes=3)), Link.AWAY, ago(minutes=3)),
        (box(seen_at=None), Link.AWAY, ago(days=90)),
        (box(state="STOPPED", ended_at=ago(days=1)), Link.STOPPED, ago(days=1)),
        (box(state="REVOKED", ended_at=ago(days=2)), Link.REVOKED, ago(days=2)),
    ],
)
def test_a_link_is_up_while_its_box_asks(facts: BoxFacts, link: Link, since: datetime) -> None:
    state = link_of_box(facts, NOW)
    assert (state.link, state.since_at) == (link, since)


def test_a_commune_without_a_box_is_invited_hosted_or_neither() -> None:
    assert link_without_box(hosted=True, invited=True).link is Link.INVITED
    assert link_without_box(hosted=True, invited=False).link is Link.HOSTED
    assert link_without_box(hosted=False, invited=False).link is Link.NONE
