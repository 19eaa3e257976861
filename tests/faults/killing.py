"""Kills processes of both nodes at random, with signal 9, while both write."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.asking import Inside
from tests.faults.pair import HUBS_OWN, Pair
from tests.node import Node

COUNT = 40
"""Entries that a writer is asked for between two kills."""
ANSWER_WITHIN = 60.0


@dataclass
class Killing:
    """Who was killed how often. Writers note each id after its commit: what a killed one promised is known too."""

    pair: Pair
    chance: Random
    folder: Path
    killed: Counter[str] = field(default_factory=Counter)

    def run(self, times: int, *, between: tuple[float, float]) -> None:
        """Kill so many times, waiting a random time between two kills, and write meanwhile."""
        with Inside(self.pair.box.environment) as at_box, Inside(self.pair.hub.environment) as at_hub:
            for _ in range(times):
                self.once(at_box, at_hub, self.chance.uniform(*between))
                for writer in (at_box, at_hub):
                    if not writer.runs:
                        writer.start()

    def promised(self, side: str) -> list[str]:
        """Ids of all entries whose act was over before anybody died, written at the `box` or at the `hub`."""
        file = self.folder / side
        return file.read_text().split() if file.exists() else []

    def once(self, at_box: Inside, at_hub: Inside, wait: float) -> None:
        orders = [
            at_box.begin("write", count=COUNT, pause=0.01, told=str(self.folder / "box")),
            at_hub.begin("write", count=COUNT, pause=0.01, told=str(self.folder / "hub"), commune=HUBS_OWN),
        ]
        time.sleep(wait)
        name, kill = self.chance.choice(self.running(at_box, at_hub))
        kill()
        self.killed[name] += 1
        for order in orders:
            with suppress(RuntimeError):  # the writer itself was killed
                order.result(ANSWER_WITHIN)

    def running(self, at_box: Inside, at_hub: Inside) -> list[tuple[str, Callable[[], None]]]:
        """Everything that can be killed now; the supervisor may be waiting to start a part again."""
        found: list[tuple[str, Callable[[], None]]] = [
            ("writer at the box", at_box.end),
            ("writer at the hub", at_hub.end),
        ]
        for side, node in (("box", self.pair.box), ("hub", self.pair.hub)):
            found += [(f"{part} of the {side}", _killer(pid)) for part, pid in node.parts().items()]
        return found


def _killer(pid: int) -> Callable[[], None]:
    return lambda: os.kill(pid, signal.SIGKILL)


def kill_parts(node: Node) -> None:
    """Kill every part of a node at once; its supervisor starts them again."""
    for pid in node.parts().values():
        os.kill(pid, signal.SIGKILL)
