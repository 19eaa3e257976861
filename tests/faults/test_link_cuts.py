"""The link falls, flaps, swallows, is slow, says things twice: the hub's copy is the box's truth all the same."""

import random
import time

import pytest

from tests.faults.pair import Pair
from tests.faults.proof import prove
from tests.faults.raw_requests import path_of, send

pytestmark = pytest.mark.xdist_group("link")


def test_ten_days_of_entries_wait_for_the_link(pair: Pair) -> None:
    """10,000 entries are written while there is no link: ten times what a commune writes in a day."""
    pair.wire.cut()
    promised = pair.at_box.write(10_000, at_once=200)
    assert len(pair.arrived()) < len(pair.at_home())
    pair.wire.restore()
    pair.until_level(90)
    prove(pair, promised)


def test_a_link_that_flaps_while_entries_are_written(pair: Pair) -> None:
    writing = pair.at_box.begin("write", count=600, at_once=5, pause=0.04)
    pair.wire.flap(up=0.5, down=0.4, times=6)
    promised = writing.result(60)
    pair.until_level(60)
    prove(pair, promised)


def test_a_black_hole_that_tells_nobody(pair: Pair) -> None:
    pair.wire.swallow()
    promised = pair.at_box.write(300)
    time.sleep(1)
    assert len(pair.arrived()) < len(pair.at_home())
    pair.wire.restore()
    pair.until_level(60)
    prove(pair, promised)


def test_a_satellite_link(pair: Pair) -> None:
    pair.wire.rtt = 0.3
    promised = pair.at_box.write(1_000)
    pair.until_level(60)
    prove(pair, promised)


def test_deliveries_that_are_doubled_and_overtake_each_other(pair: Pair) -> None:
    kept = pair.wire.keep_requests(repeat=True)
    pair.wire.shuffle = 0.2
    promised = pair.at_box.write(2_000, at_once=100)
    pair.until_level(60)
    prove(pair, promised)
    pushed = [request for request in kept if path_of(request) == "POST /link/v1/journal"]
    assert len(pushed) >= 4
    random.Random(5).shuffle(pushed)
    statuses = {send(pair.wire.target, request).status for request in pushed}
    assert max(statuses) < 500
    prove(pair, promised)
