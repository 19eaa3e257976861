"""The power goes: whatever a person was told is kept must be there when the box starts again.

`kill -9` proves nothing about this, because the memory of the system survives it. Here the box lives on a disk in a
file; the file as it stands at one moment, with everything that had only reached memory missing, is what is left.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.faults.box.boxes import Box, copy_of, somebody_writes
from tests.faults.box.disks import image_disk
from tests.faults.box.writing import content_of

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


def test_the_cut_is_a_cut(tmp_path: Path) -> None:
    """What is not flushed to the disk is not in the copy: without this, the test above would prove nothing."""
    image, left = tmp_path / "disk.img", tmp_path / "left.img"
    with image_disk(tmp_path / "disk", image, megabytes=16) as disk:
        (disk / "letter").write_bytes(b"only in memory" * 1000)
        shutil.copyfile(image, left)
    with image_disk(tmp_path / "left", left) as disk:
        assert not (disk / "letter").exists() or (disk / "letter").stat().st_size == 0
