"""A hub and a box, as real processes that talk over HTTP."""

import json
from collections.abc import Iterator

import pytest

from langso.kernel.link.tests.pair import COMMUNE, Pair, diarist, running_pair, status, until

pytestmark = pytest.mark.xdist_group("link")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Pair]:
    with running_pair(tmp_path_factory.mktemp("pair")) as running:
        yield running


def test_what_a_box_writes_is_held_by_the_hub_and_what_the_hub_says_by_the_box(pair: Pair) -> None:
    hub, box = pair.hub, pair.box
    box.command("createoperator", "oanh")
    diarist(box, "write", COMMUNE, "1200")
    until(lambda: pair.held() == 1201, hub, box)
    said = status(box)
    assert (said["up"], said["waiting"], said["state"], said["error"]) == (True, 0, "ACTIVE", "")
    assert said["last"] == said["confirmed"]
    assert diarist(hub, "count", "diary_kept.v1") == "1200"
    assert "the same up to entry 1201" in box.command("link", "compare")
    assert "whole up to entry 1201" in hub.command("link", "compare")

    diarist(hub, "tell", "Thời tiết xấu ba ngày tới")
    until(lambda: diarist(box, "count", "announced.v1") == "1", hub, box)
    assert status(box)["down"] > 0
    for node in (hub, box):
        assert "whole" in node.command("verify")
        assert json.loads(node.get("/healthz")[1])["healthy"]
