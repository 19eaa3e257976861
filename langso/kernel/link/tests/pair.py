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


class Hand:
    """Somebody who works on a node from beside it (`diarist.py`)."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.process = subprocess.Popen(
            [sys.executable, "-m", "langso.kernel.link.tests.diarist"],
            env={**node.environment, "LANGSO_DATA": str(node.data)},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(node.data / "hand.log").open("w"),
            text=True,
        )

    def tries(self, *acts: object) -> tuple[int, str]:
        """Do something; returns the exit code and what was printed."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(acts) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, (self.node.data / "hand.log").read_text()[-3000:]
        code, said = json.loads(answer)
        return code, said

    def does(self, *acts: object) -> str:
        """Do something that must work; returns what was printed."""
        code, said = self.tries(*acts)
        assert code == 0, said
        return said

    def status(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.does("link", "status", "--json"))
        return said

    def goes(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=20)


@dataclass
class Pair:
    hub: Node
    box: Node
    at_hub: Hand
    at_box: Hand

    def held(self) -> int:
        """How many entries of the box the hub holds."""
        return sum(sum(node["held"].values()) for node in self.at_hub.status()["nodes"])

    def until(self, true: Callable[[], object], within: float = 60.0) -> None:
        """Wait for a condition; fails with what the nodes said last."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            if true():
                return
            time.sleep(0.1)
        raise AssertionError("\n".join(node.log()[-1500:] for node in (self.hub, self.box)))


@contextmanager
def running_pair(folder: Path) -> Iterator[Pair]:
    """Two nodes, the box joined with a code through the commands that an operator types."""
    with running_node(folder / "hub", "--role", "hub") as hub, running_node(folder / "box", "--role", "commune") as box:
        code = hub.command("link", "invite", COMMUNE)
        assert box.command("link", "join", hub.address, code).startswith("joined")
        pair = Pair(hub, box, Hand(hub), Hand(box))
        yield pair
        pair.at_hub.goes()
        pair.at_box.goes()
