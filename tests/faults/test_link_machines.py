"""A full disk, a clock that is a year off, two machines with one identity: seen, said, and nothing lost by it."""

import shutil
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.faults.asking import Inside
from tests.faults.pair import Pair, running_box, said, until
from tests.faults.proof import prove
from tests.faults.small_disk import SmallDisk

pytestmark = pytest.mark.xdist_group("link")

WRONG_CLOCK = Path(__file__).parent / "wrong_clock"
YEAR = 365 * 86_400
COPIED = "03405"


def test_a_hub_whose_disk_is_full_takes_the_rest_when_there_is_room(pair: Pair, hubs_disk: SmallDisk) -> None:
    if not hubs_disk.is_small or settings.DATABASE_URL:
        pytest.skip("needs a file system of its own under a hub on SQLite: run as root, without DATABASE_URL")
    hubs_disk.fill()
    try:
        promised = pair.at_box.write(4_000, at_once=200)
        time.sleep(3)
        assert len(pair.arrived()) < len(pair.at_home())
    finally:
        hubs_disk.clear()
    pair.until_level(90)
    prove(pair, promised)
    pair.at_hub.langso("verify")


@pytest.mark.parametrize("off", [-YEAR, YEAR], ids=["a year behind", "a year ahead"])
def test_a_box_with_a_wrong_clock_is_read_and_reported(pair: Pair, prepared: Path, tmp_path: Path, off: int) -> None:
    wrong = {"PYTHONPATH": str(WRONG_CLOCK), "LANGSO_TEST_CLOCK_OFF": str(off)}
    commune = "03388" if off < 0 else "03394"
    with running_box(
        tmp_path / "box", pair.hub, pair.at_hub, pair.wire, commune=commune, prepared=prepared, **wrong
    ) as other:
        promised = other.at_box.write(300)
        other.until_level(60)
        prove(other, promised)
        assert abs(said(other.at_box)["clock_offset_ms"] / 1000 - off) < 120


def test_two_machines_with_one_identity_are_found_stopped_and_one_of_them_goes_on(
    pair: Pair, prepared: Path, tmp_path: Path
) -> None:
    """The box's disk is copied; both copies write. The hub keeps what it had, stops both, and says what to do."""
    hub = (pair.hub, pair.at_hub, pair.wire)
    with running_box(tmp_path / "first", *hub, commune=COPIED, prepared=prepared) as first:
        kept = first.at_box.write(100)
        first.until_level(30)
    shutil.copytree(tmp_path / "first", tmp_path / "second")
    with running_box(tmp_path / "first", *hub, commune=COPIED, joined=False) as first:
        kept += first.at_box.write(50)
        first.until_level(60)
        with running_box(tmp_path / "second", *hub, commune=COPIED, joined=False) as second:
            until(lambda: not can_write(second.at_box), 60, "the second machine was never stopped")
            assert [entry for _epoch, _seq, entry, _hash in second.arrived()] == kept
            assert second.box.try_command("link", "compare").returncode == 1
            assert said(second.at_box)["state"] == "STOPPED"
        until(lambda: not can_write(first.at_box), 90, "the first machine was never stopped")
        at_hub = said(pair.at_hub)
        [stopped] = [node for node in at_hub["nodes"] if node["state"] == "STOPPED"]
        assert stopped["node"] == first.name_of_box()
        assert stopped["why"]
        assert at_hub["incidents"] > 0
        first.at_box.langso(
            "link", "join", pair.wire.address, pair.at_hub.langso("link", "replace", COPIED).split()[-1]
        )
        kept += first.at_box.write(20)
        first.until_level(60)
        prove(first, kept)


def can_write(at_box: Inside) -> bool:
    try:
        at_box.write(1)
    except RuntimeError as refused:
        return not str(refused).startswith("NodeStopped")
    return True
