"""The link falls every second for a minute while the box writes: `python -m tests.load.link.flapping --result F`.

The same as `tests/faults/test_link_cuts.py` does for five seconds.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tests.faults.pair import Pair, running_pair
from tests.faults.proof import prove
from tests.load.machine import machine
from tests.load.saying import say

HALF = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.load.link.flapping", description="A link that falls every second.")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--result", default="flapping.json")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="langso-flapping-"))
    try:
        with running_pair(folder) as pair:
            result = measure(pair, given.seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    Path(given.result).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    say(f"written {given.result}")


def measure(pair: Pair, seconds: int) -> dict[str, Any]:
    writing = pair.at_box.begin("write", count=40 * seconds, pause=0.02)
    pair.wire.flap(up=HALF, down=HALF, times=seconds)
    promised, before = writing.result(120), len(pair.arrived())
    level_after = pair.until_level(180)
    prove(pair, promised)
    return {
        "machine": machine(""),
        "seconds": seconds,
        "entries": len(promised),
        "arrived_during": before,
        "level_after_s": round(level_after, 1),
        "connections": pair.wire.traffic.connections,
    }


if __name__ == "__main__":
    main()
