"""A commune moves from a hub to its box and back: nothing lost, one home at every moment, killed at any moment."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.box.boxes import ROOT, Box, copy_of, kill
from tests.node import Node, free_port, running_node

pytestmark = pytest.mark.xdist_group("faults")
HOME = "03390"
HUB = {"LANGSO_ROLE": "hub"}


def run(box: Box, module: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.box.{module}", *arguments],
        env=box.environment, cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def held(box: Box) -> dict[str, Any]:
    """What a node holds of the commune."""
    found: dict[str, Any] = json.loads(run(box, "holding", HOME))
    assert found["faults"] == []
    return found


def node_of(box: Box) -> str:
    return str(box.rows("SELECT node FROM journal_head")[0][0])


def homes(box: Box) -> list[str]:
    """The nodes that have been the commune's home by this node's register, the present one last."""
    return [str(node) for (node,) in box.rows("SELECT node FROM link_communehome ORDER BY from_at")]


def is_home(box: Box) -> bool:
    """Whether this node may change the commune's records, once no move is open."""
    found = homes(box)
    return found[-1] == node_of(box) if found else box.extra == HUB


@dataclass
class Province:
    hub: Box
    box: Box
    running: Node


@pytest.fixture(scope="module")
def joined(empty: Box, tmp_path_factory: pytest.TempPathFactory) -> tuple[Box, Box, int]:
    """A hub that hosts two communes, a new box of one of them that has joined it, and the hub's port."""
    folder, port = tmp_path_factory.mktemp("joined"), free_port()
    hub, box = copy_of(empty, folder / "hub"), copy_of(empty, folder / "box")
    hub.extra = HUB
    run(hub, "peopling")
    with running_node(hub.data, "--role", "hub", database="", port=port) as running:
        code = hub.langso("link", "invite", HOME, "--keep-home").strip()
        box.langso("link", "join", running.address, code)
    return hub, box, port


@pytest.fixture
def province(joined: tuple[Box, Box, int], tmp_path: Path) -> Iterator[Province]:
    """The same two on disks of their own; the hub is running."""
    hub, box = copy_of(joined[0], tmp_path / "hub"), copy_of(joined[1], tmp_path / "box")
    hub.extra = HUB
    with running_node(hub.data, "--role", "hub", port=joined[2]) as running:
        yield Province(hub, box, running)


def killed(province: Province, box: Box, *command: str, times: int, seed: int) -> int:
    """Run a step of a move that is killed at random moments, then to its end; returns how often it was killed."""
    chance, died = random.Random(seed), 0
    for _ in range(times):
        process = box.start(*command)
        time.sleep(chance.uniform(0.8, 2.2))
        died += process.poll() is None
        kill(process)
        assert [is_home(province.hub), is_home(province.box)].count(True) <= 1, "two homes"
        assert homes(province.hub)[-1:] in ([], [node_of(province.box)], [node_of(province.hub)])
    box.langso(*command)
    return died


def test_there_and_back_killed_on_the_way_and_nothing_is_lost(province: Province) -> None:
    hub, box = province.hub, province.box
    before = held(hub)
    assert sum(1 for table in before["tables"].values() if table["count"]) > 20, "hardly any table is tested"
    died = killed(province, hub, "commune", "move", HOME, "--to", node_of(box), times=2, seed=1)
    assert "đang được chuyển sang máy khác" in hub.langso("createoperator", "late", "--office", "Too late", code=1)
    died += killed(province, box, "commune", "move", HOME, times=3, seed=2)
    assert "at home on this node" in box.langso("commune", "move", HOME), "called again, it finds that it is done"
    there, left = held(box), held(hub)
    assert there["tables"] == before["tables"]
    assert before["entries"].items() <= there["entries"].items()
    assert set(before["accounts"]) - set(there["accounts"]) <= {"Bùi Văn Minh", "Hoàng Thị Lan"}
    assert (is_home(box), is_home(hub), homes(hub)) == (True, False, [node_of(box)])
    said = json.dumps(left, ensure_ascii=False)
    assert not any(name in said for name in ("Lò Văn An", "+8450000000", "Vàng Thị Chi")), "personal data stayed"
    assert "Hoàng Thị Lan" in left["accounts"], "who belongs to another commune stays"
    box.langso("createoperator", "new", "--office", "Works again")
    changed = held(box)
    died += killed(province, box, "commune", "move", HOME, "--to", "hub", times=3, seed=3)
    assert f"at home on {node_of(hub)}" in box.langso("commune", "move", HOME, "--to", "hub")
    assert not [*hub.data.glob("moves/*"), *box.data.glob("moves/*")], "a bundle with personal data was left lying"
    assert died >= 4, "hardly any step was killed: the test proves nothing"
    back = held(hub)
    assert back["tables"] == changed["tables"]
    assert changed["entries"].items() <= back["entries"].items()
    assert (is_home(box), is_home(hub)) == (False, True)
    assert homes(hub) == [node_of(box), node_of(hub)], "the home changed once each way"
    hub.langso("createoperator", "again", "--office", "Here again")


def test_a_bundle_on_a_stick_a_damaged_one_and_a_cancelled_move(province: Province, tmp_path: Path) -> None:
    hub, box, file = province.hub, province.box, tmp_path / "stick.bundle"
    assert "personal data" in hub.langso("commune", "move", HOME, "--to", node_of(box), "--bundle", str(file))
    hub.langso("commune", "move", HOME, "--cancel")
    hub.langso("createoperator", "open", "--office", "Open again")
    file.unlink()
    hub.langso("commune", "move", HOME, "--to", node_of(box), "--bundle", str(file))
    before, damaged = held(hub), bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    bad = tmp_path / "bad.bundle"
    bad.write_bytes(bytes(damaged))
    assert "bị hỏng" in box.langso("commune", "move", HOME, "--bundle", str(bad), code=1)
    assert (is_home(hub), is_home(box)) == (True, False)
    box.langso("commune", "move", HOME, "--bundle", str(file))
    assert held(box)["tables"] == before["tables"]
    assert (is_home(hub), is_home(box)) == (False, True)


def told(box: Box, act: str = "told") -> dict[str, list[str]]:
    """The standards of a node and the holds that the province asked for; `say`: after it has spoken there."""
    found: dict[str, list[str]] = json.loads(run(box, "addressing", act, HOME))
    return found


def until(box: Box, statement: str) -> None:
    for _ in range(300):
        if box.rows(statement):
            return
        time.sleep(0.1)
    raise AssertionError(statement)


def test_what_the_province_says_to_a_commune_is_heard_where_it_is_at_home(province: Province) -> None:
    """Said before it came to the box, and while it was on the box but not fetched from there."""
    hub, box = province.hub, province.box
    assert told(hub, "say")["standards"] == ["TC 1", "TC 2"]
    with running_node(box.data, database=""):
        until(box, "SELECT 1 FROM products_standard")
    assert told(box)["standards"] == ["TC 2"], "the first was addressed to a commune that was at the hub"
    hub.langso("commune", "move", HOME, "--to", node_of(box))
    box.langso("commune", "move", HOME)
    with running_node(box.data, database=""):
        until(box, "SELECT 1 FROM products_standard WHERE number = 'TC 1'")
    assert told(hub, "say")["holds"] == [], "the wish goes to the box, which is off"
    for _ in range(2):
        box.langso("commune", "move", HOME, "--to", "hub")
        assert told(hub)["holds"] == ["Sở Nông nghiệp và Môi trường: Mẫu ở chợ không đạt"]
        answers = "SELECT 1 FROM journal_entry WHERE kind LIKE 'trade.trace.lot_hold_wish_answered.%'"
        assert len(hub.rows(answers)) == 1, "heard once, also when the commune comes home again"
        hub.langso("commune", "move", HOME, "--to", node_of(box))
        box.langso("commune", "move", HOME)
    with running_node(box.data, database=""):
        until(box, "SELECT 1 FROM products_standard WHERE number = 'TC 3'")
    assert told(box)["holds"] == ["Sở Nông nghiệp và Môi trường: Mẫu ở chợ không đạt"]
