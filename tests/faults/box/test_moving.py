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
from tests.node import Node, running_node

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.usefixtures("on_sqlite")]
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


@dataclass
class Province:
    hub: Box
    box: Box
    running: Node


@pytest.fixture
def province(founded: Box, tmp_path: Path) -> Iterator[Province]:
    """A running hub that hosts two communes, and a new box of one of them that has joined it."""
    hub, box = copy_of(founded, tmp_path / "hub"), copy_of(founded, tmp_path / "box")
    for each in (hub, box):
        each.forget_itself()
    hub.extra = HUB
    run(hub, "peopling")
    with running_node(hub.data, "--role", "hub") as running:
        code = hub.langso("link", "invite", HOME, "--keep-home").strip()
        box.langso("link", "join", running.address, code)
        yield Province(hub, box, running)


def test_there_and_back_and_nothing_is_lost(province: Province) -> None:
    hub, box = province.hub, province.box
    before = held(hub)
    assert sum(1 for table in before["tables"].values() if table["count"]) > 20, "hardly any table is tested"
    hub.langso("commune", "move", HOME, "--to", node_of(box))
    assert "đang được chuyển sang máy khác" in hub.langso("createoperator", "late", "--office", "Too late", code=1)
    assert "DONE" in box.langso("commune", "move", HOME)
    there, left = held(box), held(hub)
    assert there["tables"] == before["tables"]
    assert before["entries"].items() <= there["entries"].items()
    assert set(before["accounts"]) - set(there["accounts"]) <= {"Bùi Văn Minh", "Hoàng Thị Lan", "oanh"}
    assert (there["at_home"], left["at_home"]) == (True, False)
    assert left["home"] == there["home"] == node_of(box)
    said = json.dumps(left, ensure_ascii=False)
    assert not any(name in said for name in ("Lò Văn An", "+8450000000", "Vàng Thị Chi")), "personal data stayed"
    assert "Hoàng Thị Lan" in left["accounts"], "who belongs to another commune stays"
    box.langso("createoperator", "new", "--office", "Works again")
    changed = held(box)
    assert "DONE" in box.langso("commune", "move", HOME, "--to", "hub")
    back = held(hub)
    assert back["tables"] == changed["tables"]
    assert changed["entries"].items() <= back["entries"].items()
    assert (held(box)["at_home"], back["at_home"]) == (False, True)
    homes = hub.rows("SELECT node FROM link_communehome ORDER BY from_at")
    assert [str(node) for (node,) in homes] == [node_of(box), node_of(hub)], "the home changed once each way"
    hub.langso("createoperator", "again", "--office", "Here again")


def test_killed_at_any_moment_there_is_one_home_and_the_move_goes_on(province: Province) -> None:
    hub, box, chance = province.hub, province.box, random.Random(4)
    before, died = held(hub), 0
    commands = [(hub, ("commune", "move", HOME, "--to", node_of(box))), (box, ("commune", "move", HOME))]
    for each, command in commands:
        for _ in range(3):
            process = each.start(*command)
            time.sleep(chance.uniform(0.9, 2.0))
            died += process.poll() is None
            kill(process)
            states = held(hub), held(box)
            assert [state["at_home"] for state in states].count(True) <= 1
            assert states[0]["home"] in ("", node_of(box)), "the register names one home"
        each.langso(*command)
    assert died >= 2, "hardly any move was killed: the test proves nothing"
    assert held(box)["tables"] == before["tables"]
    assert (held(hub)["at_home"], held(box)["at_home"]) == (False, True)
    assert len(hub.rows("SELECT 1 FROM link_communehome")) == 1


def test_a_bundle_on_a_stick_a_damaged_one_and_a_cancelled_move(province: Province, tmp_path: Path) -> None:
    hub, box, file = province.hub, province.box, tmp_path / "stick.bundle"
    before = held(hub)
    assert "personal data" in hub.langso("commune", "move", HOME, "--to", node_of(box), "--bundle", str(file))
    hub.langso("commune", "move", HOME, "--cancel")
    assert held(hub)["tables"] == before["tables"]
    hub.langso("createoperator", "open", "--office", "Open again")
    file.unlink()
    hub.langso("commune", "move", HOME, "--to", node_of(box), "--bundle", str(file))
    before = held(hub)
    damaged = bytearray(file.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    bad = tmp_path / "bad.bundle"
    bad.write_bytes(bytes(damaged))
    assert "bị hỏng" in box.langso("commune", "move", HOME, "--bundle", str(bad), code=1)
    assert (held(hub)["at_home"], held(box)["at_home"]) == (True, False)
    box.langso("commune", "move", HOME, "--bundle", str(file))
    assert held(box)["tables"] == before["tables"]
    assert (held(hub)["at_home"], held(box)["at_home"]) == (False, True)
