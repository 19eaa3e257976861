"""A hub and a box, as real processes that talk over HTTP. The tests follow each other on one pair of nodes."""

import json
import os
import signal
from collections.abc import Iterator

import pytest

from langso.kernel.link.tests.pair import COMMUNE, Pair, running_pair

pytestmark = pytest.mark.xdist_group("link")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Pair]:
    with running_pair(tmp_path_factory.mktemp("pair")) as running:
        yield running


def test_what_a_box_writes_is_held_by_the_hub_and_what_the_hub_says_by_the_box(pair: Pair) -> None:
    hub, box = pair.at_hub, pair.at_box
    box.does("createoperator", "oanh")
    box.does("write", COMMUNE, 1200)
    pair.until(lambda: pair.held() == 1201 and box.status()["waiting"] == 0)
    said = box.status()
    assert (said["up"], said["state"], said["error"]) == (True, "ACTIVE", "")
    assert said["last"] == said["confirmed"]
    assert hub.does("count", "diary_kept.v1") == "1200"
    assert "the same up to entry 1201" in box.does("link", "compare")
    assert "whole up to entry 1201" in hub.does("link", "compare")

    hub.does("tell", "Thời tiết xấu ba ngày tới")
    pair.until(lambda: box.does("count", "announced.v1") == "1")
    read = box.status()["down"]
    assert read > 0
    pair.until(lambda: hub.status()["nodes"][0]["down"] == read)
    said = hub.status()["nodes"][0]["report"]
    assert {"disk_free_percent", "database_mb", "clock_offset_s", "parked", "backup_hours"} <= set(said)
    for node in (hub, box):
        assert "whole" in node.does("verify")


def test_a_key_is_changed_and_the_old_one_ends(pair: Pair) -> None:
    hub, box = pair.at_hub, pair.at_box
    before = (pair.box.data / "node.key").read_bytes()
    assert "the new key is" in box.does("link", "rotate")
    assert (pair.box.data / "node.key").read_bytes() != before
    held = pair.held()
    box.does("write", COMMUNE, 3)
    pair.until(lambda: pair.held() == held + 3)
    (pair.box.data / "node.key.next").write_bytes((pair.box.data / "node.key").read_bytes())
    (pair.box.data / "node.key").write_bytes(before)
    box.does("write", COMMUNE, 1)
    pair.until(lambda: pair.held() == held + 4)
    assert hub.status()["incidents"] == 1, "the old key was used once more, which is noted"


def test_a_hub_that_was_away_is_found_again_and_work_went_on(pair: Pair) -> None:
    box, held = pair.at_box, pair.held()
    os.kill(pair.hub.parts()["web"], signal.SIGKILL)
    pair.until(lambda: box.status()["up"] is False)
    box.does("write", COMMUNE, 5)
    assert box.status()["waiting"] == 5
    assert box.status()["failing_since_at"]
    pair.until(lambda: pair.held() == held + 5)
    pair.until(lambda: box.status()["up"])
    assert box.status()["error"] == ""


def test_revocation_takes_effect_at_once_and_new_hardware_goes_on(pair: Pair) -> None:
    hub, box, held = pair.at_hub, pair.at_box, pair.held()
    (node,) = hub.status()["nodes"]
    hub.does("link", "revoke", node["node"], "--reason", "stolen")
    box.does("write", COMMUNE, 2)
    pair.until(lambda: box.status()["state"] == "REVOKED")
    box.does("write", COMMUNE, 2)
    assert (box.status()["waiting"], pair.held()) == (4, held)
    code = hub.does("link", "replace", COMMUNE)
    assert box.tries("link", "join", pair.hub.address, code[:-1] + "*")[0] == 1
    box.does("link", "join", pair.hub.address, code)
    pair.until(lambda: pair.held() == held + 4)
    assert box.status()["state"] == "ACTIVE"
    assert box.does("link", "compare")
    assert json.loads(pair.hub.get("/healthz")[1])["healthy"]


def test_a_changed_record_is_found_by_comparing(pair: Pair) -> None:
    pair.at_hub.does("forge", 600)
    code, said = pair.at_box.tries("link", "compare")
    assert code == 1
    assert "part at entry 600" in said
    assert pair.at_hub.tries("link", "compare")[0] == 1
    assert pair.at_hub.tries("verify")[0] == 1
