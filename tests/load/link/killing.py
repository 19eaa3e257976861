"""Processes of hub and box are killed a hundred times while both write: `python -m tests.load.link.killing --result F`.

The same as `tests/faults/test_link_kills.py` does a handful of times. About twenty minutes: a supervisor waits longer
each time before it starts a part again.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from tests.faults.killing import Killing
from tests.faults.pair import Held, Pair, running_pair
from tests.faults.proof import first_difference
from tests.load.machine import machine
from tests.load.saying import say

REPORTED_EVERY = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.load.link.killing", description="Kill processes while nodes write.")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--result", default="killing.json")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="langso-killing-"))
    try:
        (folder / "told").mkdir()
        with running_pair(folder) as pair:
            result = measure(pair, given.times, Random(given.seed), folder / "told")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    Path(given.result).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    say(f"written {given.result}")


def measure(pair: Pair, times: int, chance: Random, folder: Path) -> dict[str, Any]:
    killing, begin = Killing(pair, chance, folder), time.monotonic()
    for done in range(0, times, REPORTED_EVERY):
        killing.run(min(REPORTED_EVERY, times - done), between=(0.1, 0.6))
        say(f"{sum(killing.killed.values())} killed: {dict(killing.killed)}")
    seconds = time.monotonic() - begin
    pair.until_level(180)
    home, arrived = pair.at_home(), pair.arrived()
    own: Held = pair.at_hub.ask("held", node=pair.at_hub.ask("head")["node"])
    at_box, at_hub = [row[2] for row in arrived], [row[2] for row in own]
    return {
        "machine": machine(""),
        "killed": dict(killing.killed),
        "seconds": round(seconds),
        "box_entries": len(killing.promised("box")),
        "hub_entries": len(killing.promised("hub")),
        "missing": len(set(killing.promised("box")) - set(at_box)) + len(set(killing.promised("hub")) - set(at_hub)),
        "doubled": len(at_box) - len(set(at_box)) + len(at_hub) - len(set(at_hub)),
        "parted": first_difference(home, arrived) or "",
        "compare": pair.at_box.langso("link", "compare"),
        "verify": [pair.at_box.langso("verify"), pair.at_hub.langso("verify")],
    }


if __name__ == "__main__":
    main()
