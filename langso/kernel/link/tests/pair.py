"""A hub and a box that joined it: two real nodes, started once for all tests that need them."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.node import ROOT, Node, running_node

COMMUNE = "03390"


@dataclass
class Pair:
    hub: Node
    box: Node

    def waiting(self) -> int:
        return int(status(self.box)["waiting"])

    def held(self) -> int:
        """How many entries of the box the hub holds."""
        (node,) = status(self.hub)["nodes"]
        return sum(node["held"].values())


@contextmanager
def running_pair(folder: Path) -> Iterator[Pair]:
    with running_node(folder / "hub", "--role", "hub") as hub, running_node(folder / "box", "--role", "commune") as box:
        code = hub.command("link", "invite", COMMUNE)
        assert box.command("link", "join", hub.address, code).startswith("joined")
        yield Pair(hub, box)


def status(node: Node) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(node.command("link", "status", "--json"))
    return said


def diarist(node: Node, *arguments: str) -> str:
    """Do something on a node as its people do (`diarist.py`); returns what was printed."""
    run = subprocess.run(
        [sys.executable, "-m", "langso.kernel.link.tests.diarist", *arguments],
        env={**node.environment, "LANGSO_DATA": str(node.data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout.strip()


def until(true: Callable[[], bool], *nodes: Node, within: float = 60.0) -> None:
    """Wait for a condition; fails with what the nodes said last."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.3)
    raise AssertionError("\n".join(node.log()[-1500:] for node in nodes))
