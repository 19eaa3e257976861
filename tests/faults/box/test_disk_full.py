"""The box's disk is full: writing is refused in words, reading works, nothing breaks, and space brings it back."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.box.boxes import Box, copy_of
from tests.faults.box.disks import small_disk
from tests.faults.box.visitor import Visitor
from tests.node import health, running_node

pytestmark = pytest.mark.xdist_group("faults")
VILLAGE = {"kind": "BAN", "population_note": "x" * 200}


def fill(place: Path) -> None:
    """Take every byte that is left, as photos would."""
    with closing((place / "photos").open("ab", buffering=0)) as stream:
        for size in (1_000_000, 4096, 1):
            try:
                while True:
                    stream.write(bytes(size))
            except OSError:
                continue


def test_a_full_disk_refuses_in_words_and_recovers(founded: Box, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=48) as disk:
        box = copy_of(founded, disk / "data")
        with running_node(box.data) as node:
            visitor = Visitor(node.address)
            visitor.sign_in("oanh", box.password)
            assert visitor.post("/places/villages/new/", name="Before", **VILLAGE)[0] == 200
            fill(disk)
            entered, refused = [], ""
            for number in range(200):
                status, page = visitor.post("/places/villages/new/", name=f"Full {number}", **VILLAGE)
                if status != 200:
                    refused = page
                    break
                entered.append(f"Full {number}")
            assert status == 507, f"{status}: {refused[:2000]}"
            assert "The disk of this node is full" in refused
            assert "What you sent was not saved" in refused
            assert Visitor(node.address).get("/")[0] == 200
            status, page = visitor.get("/places/villages/")
            assert status == 200
            assert "Before" in page
            assert f"Full {len(entered)}<" not in page
            assert health(node)["parts"]["disk"] == "full"  # type: ignore[index]
            (disk / "photos").unlink()
            assert visitor.post("/places/villages/new/", name="After", **VILLAGE)[0] == 200
            page = visitor.get("/places/villages/")[1]
            assert all(name in page for name in ("Before", "After", *entered[:3]))
        assert "whole" in box.langso("verify")
