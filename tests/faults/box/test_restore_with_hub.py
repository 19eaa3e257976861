"""Old backups on either side of the link: a box takes back what its hub knows, a hub is refilled by its box."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.box.boxes import Box, copy_of, somebody_writes
from tests.node import free_port, running_node

pytestmark = pytest.mark.xdist_group("faults")
HOME = "03390"


def until(true: Callable[[], bool], within: float = 60.0) -> None:
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, f"not within {within} s"
        time.sleep(0.3)


def write(box: Box, first: int, last: int) -> None:
    with somebody_writes(box, "--from", str(first - 1)) as writer:
        writer.wait_for(last)
        writer.stop()


def confirmed(box: Box) -> bool:
    """Whether the hub has confirmed everything that this box wrote and that travels."""
    held = dict(box.rows("SELECT epoch, upto FROM link_confirmed"))
    return all(held.get(epoch, 0) >= seq for epoch, seq in box.rows("SELECT epoch, seq FROM journal_head"))


def states(box: Box) -> list[object]:
    """How far the restores of this box are."""
    return [state for (state,) in box.rows("SELECT state FROM backup_restoration ORDER BY id")]


@dataclass
class Pair:
    hub: Box
    box: Box
    port: int

    def hub_runs(self):  # type: ignore[no-untyped-def]
        return running_node(self.hub.data, "--role", "hub", database="", port=self.port)


@pytest.fixture(scope="module")
def joined(empty: Box, founded: Box, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """A hub and a box that joined it."""
    folder = tmp_path_factory.mktemp("joined")
    made = Pair(as_hub(copy_of(empty, folder / "hub")), copy_of(founded, folder / "box"), free_port())
    with made.hub_runs() as running:
        made.box.langso("link", "join", running.address, made.hub.langso("link", "invite", HOME).strip())
    return made


@pytest.fixture
def pair(joined: Pair, tmp_path: Path) -> Pair:
    """The same two on disks of their own; neither is running."""
    hub, box = copy_of(joined.hub, tmp_path / "hub"), copy_of(joined.box, tmp_path / "box")
    return Pair(as_hub(hub), box, joined.port)


def as_hub(box: Box) -> Box:
    box.extra = {"LANGSO_ROLE": "hub"}
    return box


def test_a_box_from_an_old_backup_takes_back_its_later_entries_first(pair: Pair, tmp_path: Path) -> None:
    hub, box, stick = pair.hub, pair.box, tmp_path / "stick"
    write(box, 1, 10)
    box.langso("backup", "--to", str(stick), "--verify", "quick")
    write(box, 11, 30)
    with pair.hub_runs(), running_node(box.data):
        until(lambda: confirmed(box))
    box.langso("restore", "--from", str(stick), "--data", str(box.data), "--replace")
    assert box.entered() == list(range(1, len(box.entered()) + 1))
    assert 10 <= len(box.entered()) < 30
    assert states(box) == ["WAITING"]
    assert "Chưa ghi được gì" in box.langso("restore", "state")
    assert "đang lấy lại dữ liệu mới hơn từ tỉnh" in box.langso(
        "createoperator", "too-early", "--office", "Too early", code=1
    )
    with pair.hub_runs():
        with running_node(box.data) as node:
            until(lambda: states(box) == ["DONE"])
            assert "mục mới hơn của nút này từ tỉnh" in box.langso("restore", "state")
            assert node.get("/")[0] == 200
            assert len(box.entered()) >= 30
            last = box.entered()[-1]
            write(box, last + 1, last + 5)
            until(lambda: confirmed(box))
        assert box.entered() == list(range(1, len(box.entered()) + 1))
        said = box.langso("link", "compare")
        assert said.count("the same up to entry") == 2, said
    assert "whole" in box.langso("verify", "--records-only")
    assert hub.entered() == box.entered()


def test_a_hub_from_an_old_backup_is_refilled_by_its_box(pair: Pair, tmp_path: Path) -> None:
    hub, box, stick = pair.hub, pair.box, tmp_path / "stick"
    write(box, 1, 10)
    with pair.hub_runs(), running_node(box.data):
        until(lambda: confirmed(box))
        hub.langso("backup", "--to", str(stick), "--verify", "quick")
        write(box, box.entered()[-1] + 1, 40)
        until(lambda: confirmed(box))
    assert hub.entered() == box.entered()
    hub.langso("restore", "--from", str(stick), "--data", str(hub.data), "--replace")
    assert len(hub.entered()) < 40
    with pair.hub_runs(), running_node(box.data):
        until(lambda: hub.entered() == box.entered())
        assert "the same up to entry" in box.langso("link", "compare")
    assert "whole" in hub.langso("verify", "--records-only")


def test_without_its_hub_an_operator_lets_the_box_go_on(pair: Pair, tmp_path: Path) -> None:
    box, stick = pair.box, tmp_path / "stick"
    box.langso("backup", "--to", str(stick), "--verify", "quick")
    box.langso("restore", "--from", str(stick), "--data", str(box.data), "--replace")
    assert "Ghi lý do" in box.langso("restore", "finish", "--without-hub", code=1)
    assert "the hub burnt down" in box.langso("restore", "finish", "--without-hub", "--reason", "the hub burnt down")
    write(box, 1, 2)
