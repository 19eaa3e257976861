"""The power goes: whatever a person was told is kept must be there when the box starts again.

`kill -9` proves nothing about this, because the memory of the system survives it. Here the box lives on a disk in a
file; the file as it stands at one moment, with everything that had only reached memory missing, is what is left.
"""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.asking import Inside
from tests.faults.box.boxes import Box, copy_of, somebody_writes
from tests.faults.box.disks import image_disk
from tests.faults.box.writing import content_of
from tests.faults.pair import HUBS_OWN, Pair, begin_with, running_box, until
from tests.faults.proof import prove
from tests.faults.wire import Wire
from tests.node import Node, running_node

pytestmark = pytest.mark.xdist_group("faults")


def test_nothing_acknowledged_is_missing_after_a_power_cut(founded: Box, tmp_path: Path) -> None:
    image, copies = tmp_path / "disk.img", []
    with image_disk(tmp_path / "disk", image, megabytes=64) as disk:
        box = copy_of(founded, disk / "data")
        os.sync()  # the box was there long before
        with somebody_writes(box, "--files") as writer:
            for cut in range(3):
                writer.wait_for(writer.said + 60)
                said = writer.freeze()
                left = tmp_path / f"left-{cut}.img"
                shutil.copyfile(image, left)
                copies.append((left, said))
                writer.go_on()
    for place, (left, said) in enumerate(copies):
        with image_disk(tmp_path / f"left-{place}", left) as disk:
            box = Box(disk / "data")
            held = box.numbers()
            assert held == list(range(1, len(held) + 1))
            assert said >= 60
            assert len(held) >= said, f"{said} were acknowledged, {len(held)} are left"
            for (sha256,) in box.rows("SELECT sha256 FROM files_storedfile"):
                name = str(sha256)
                assert (box.data / "files" / name[:2] / name[2:4] / name).stat().st_size == len(content_of(5))
            if place == len(copies) - 1:
                assert "whole" in box.langso("verify")


@contextmanager
def hub_on(disk: Path) -> Iterator[tuple[Node, Inside]]:
    with (
        running_node(disk / "hub", "--role", "hub", database="", LANGSO_COMMUNE=HUBS_OWN) as hub,
        Inside(hub.environment) as at_hub,
    ):
        yield hub, at_hub


def image_of(hub: Node, image: Path, left: Path) -> None:
    """The disk as it stands, while every part of the hub stands still."""
    for pid in hub.parts().values():
        os.kill(pid, signal.SIGSTOP)
    shutil.copyfile(image, left)
    for pid in hub.parts().values():
        os.kill(pid, signal.SIGCONT)


def confirmed(box: Node) -> int:
    """Up to which sequence the box was told that the hub holds its entries."""
    return int(str(Box(box.data).rows("SELECT coalesce(max(upto), 0) FROM link_confirmed")[0][0]))


def test_nothing_that_the_hub_confirmed_is_missing_after_its_power_cut(prepared: Path, tmp_path: Path) -> None:
    """The hub comes back on what was left on its disk, and its box goes on as if nothing had been."""
    image, left = tmp_path / "disk.img", tmp_path / "left.img"
    with image_disk(tmp_path / "disk", image, megabytes=96) as disk:
        begin_with(prepared, disk / "hub")
        os.sync()
        with (
            hub_on(disk) as (hub, at_hub),
            Wire(hub.port) as wire,
            running_box(tmp_path / "box", hub, at_hub, wire, prepared=prepared) as pair,
        ):
            name = pair.name_of_box()
            writing = pair.at_box.begin("write", count=400, at_once=5, pause=0.02)
            until(lambda: confirmed(pair.box) >= 150, 60, "the hub never confirmed anything")
            told = confirmed(pair.box)
            image_of(hub, image, left)
            wire.cut()
            with image_disk(tmp_path / "left", left) as other, hub_on(other) as (again, at_again):
                assert at_again.ask("last", node=name) >= told
                wire.lead_to(again.port)
                wire.restore()
                promised = writing.result(60)
                after = Pair(again, pair.box, wire, at_again, pair.at_box)
                after.until_level(90)
                prove(after, promised)
                at_again.langso("verify")


def test_the_cut_is_a_cut(tmp_path: Path) -> None:
    """What is not flushed to the disk is not in the copy: without this, the test above would prove nothing."""
    image, left = tmp_path / "disk.img", tmp_path / "left.img"
    with image_disk(tmp_path / "disk", image, megabytes=16) as disk:
        (disk / "letter").write_bytes(b"only in memory" * 1000)
        shutil.copyfile(image, left)
    with image_disk(tmp_path / "left", left) as disk:
        assert not (disk / "letter").exists() or (disk / "letter").stat().st_size == 0
