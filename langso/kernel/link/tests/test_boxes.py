"""What a hub knows of its boxes: from what they say when they come, what they report, and what has arrived."""

import json
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from langso.kernel import clock
from langso.kernel.journal.services import identity
from langso.kernel.link import boxes, reporting
from langso.kernel.link.models import DailyReport, Node, Received, Report, Uplink
from langso.kernel.link.tests.boxes import NOON, Box, joined_box

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hub(settings: Settings) -> None:
    settings.ROLE = "hub"


@pytest.fixture
def box(db: None) -> Box:
    return joined_box()


def report(box: Box, **said: object) -> None:
    assert box.ask("POST", "/link/v1/report", json.dumps(said).encode()).status == 204


def test_a_box_that_comes_back_says_at_once_how_much_is_on_its_way(box: Box) -> None:
    first = box.entries(3)
    box.send(first)
    assert box.hello(version="1.1", epoch=box.epoch, last=5_003, installation="copy-1").status == 200
    (facts,) = boxes.box_facts()
    assert (facts.version, facts.held.entries, facts.behind) == ("1.1", 3, 5_000)
    assert facts.held.written_at == NOON + timedelta(seconds=3)
    assert facts.greeted_at is not None
    box.send(box.entries(4), previous=first[-1].travel_chain)
    assert boxes.box_facts()[0].behind == 4_996
    report(box, epoch="the next epoch", last=1)
    assert boxes.box_facts()[0].behind == 1


def test_an_older_box_that_does_not_say_is_not_behind(box: Box) -> None:
    assert box.hello(version="0.9").status == 200
    report(box, version="0.9", disk_free_percent=40)
    (facts,) = boxes.box_facts()
    assert (facts.behind, facts.report["disk_free_percent"]) == (0, 40)


def test_a_greeting_keeps_what_was_reported_before(box: Box) -> None:
    report(box, parked=2, epoch=box.epoch, last=0)
    Report.objects.update(received_at=NOON)
    box.hello(version="1.0", epoch=box.epoch, last=9, surprise="x")
    assert boxes.box_facts()[0].reported_at == NOON
    assert boxes.box_facts()[0].report == {"parked": 2, "epoch": box.epoch, "last": 9}


def test_the_last_report_of_each_day_is_kept(box: Box) -> None:
    report(box, disk_free_percent=60)
    DailyReport.objects.update(report_date=clock.today() - timedelta(days=1))
    report(box, disk_free_percent=50)
    report(box, disk_free_percent=45)
    today, yesterday = boxes.days_of(box.node)
    assert (today.report["disk_free_percent"], yesterday.report["disk_free_percent"]) == (45, 60)
    assert today.date == clock.today()
    assert yesterday.entries == 0


def test_nonsense_in_a_greeting_harms_nothing(box: Box) -> None:
    assert box.hello(epoch=[1, 2], last={"a": 1}).status == 200
    assert box.hello(epoch="x" * 5_000, last=10**30).status == 200
    assert boxes.box_facts()[0].node == box.node


def test_a_box_that_joined_for_a_commune_at_home_here_is_found_by_its_code(box: Box) -> None:
    assert boxes.joined_for([box.node]) == {box.node: "03390"}
    assert [each.used_by for each in boxes.invitations_for("03390")] == [box.node]
    assert [each.node for each in boxes.homes_of("03390")] == [box.node]
    assert [each.revoked_at for each in boxes.keys_of(box.node)] == [None]
    assert boxes.invited_communes() == set()


def test_facts_cost_the_same_queries_however_many_boxes(box: Box, django_assert_max_num_queries: object) -> None:
    for code in ("03405", "03439", "03529"):
        other = joined_box(code)
        other.send(other.entries(1))
    assert Node.objects.count() == 4
    assert Received.objects.count() == 3
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        boxes.box_facts()


def test_a_quiet_box_reports_the_same_twice_so_that_nothing_is_sent(db: None) -> None:
    now = clock.now()
    identity()
    link = Uplink.objects.create(url="https://hub.example", hub="hub", hub_key=bytes(32), joined_at=now)
    state = reporting.own_state(link)
    assert {"epoch", "last", "database_mb", "backlog", "disk_free_percent", "backup_hours"} <= set(state)
    assert len(json.dumps(state)) < 500
    reporting.note_told(state)
    assert reporting.changed_state(link) == {}
