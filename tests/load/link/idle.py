"""A box and its hub with nothing to do: memory, processor, bytes written to the disk, bytes over the link.

    python -m tests.load.link.idle --minutes 10 --result idle.json

A new hub and a joined box at RTT 0.3 s, on SQLite; a few records are sent first, then both are left alone to settle.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.faults.pair import Pair, running_pair
from tests.load.machine import load, machine
from tests.load.processes import Used, used_by_family
from tests.load.saying import say
from tests.node import Node

RTT = 0.3
FIRST_RECORDS = 200
HOUR, DAY = 3_600, 86_400


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.load.link.idle", description="Measure nodes that have nothing to do.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--settle", type=float, default=60, help="seconds before the measuring begins")
    parser.add_argument("--result", default="idle.json")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="langso-idle-"))
    result: dict[str, Any] = {"machine": machine(""), "load": load()}
    try:
        with running_pair(folder, rtt=RTT) as pair:
            pair.at_box.write(FIRST_RECORDS)
            pair.until_level(60)
            time.sleep(given.settle)
            result |= silence(pair, 60 * given.minutes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    Path(given.result).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    say(f"written {given.result}")


def silence(pair: Pair, seconds: float) -> dict[str, Any]:
    """Leave both alone for so long; what they used meanwhile, and what a day of it would be."""
    for beside in (pair.at_box, pair.at_hub):
        beside.end()  # our own processes are no part of a node
    before, box, hub = pair.wire.mark(), weighed(pair.box), weighed(pair.hub)
    begin = time.monotonic()
    time.sleep(seconds)
    took = time.monotonic() - begin
    wire = pair.wire.traffic.since(before)
    return {
        "minutes": round(took / 60, 2),
        "box": grown(box, weighed(pair.box), took),
        "hub": grown(hub, weighed(pair.hub), took),
        "link": {
            "bytes_up": wire.up,
            "bytes_down": wire.down,
            "connections": wire.connections,
            "bytes_a_day": round(wire.both / took * DAY),
        },
    }


def weighed(node: Node) -> dict[int, Used]:
    return {each.pid: each for each in used_by_family(node.process.pid)}


def grown(before: dict[int, Used], after: dict[int, Used], seconds: float) -> dict[str, Any]:
    """By process and in all. Memory in MB (PSS: each page once; RSS), processor in % of one core."""
    parts = [_part(before[pid], now, seconds) for pid, now in after.items() if pid in before]
    names = ("memory_mb", "resident_mb", "cpu_percent", "written_mb_an_hour")
    return {"processes": parts, **{name: round(sum(part[name] for part in parts), 2) for name in names}}


def _part(before: Used, now: Used, seconds: float) -> dict[str, Any]:
    return {
        "command": " ".join(now.command.split()[1:4]),
        "memory_mb": round(now.memory / 1e6, 1),
        "resident_mb": round(now.resident / 1e6, 1),
        "cpu_percent": round(100 * (now.cpu_seconds - before.cpu_seconds) / seconds, 2),
        "written_mb_an_hour": round((now.written - before.written) / 1e6 / seconds * HOUR, 2),
    }


if __name__ == "__main__":
    main()
