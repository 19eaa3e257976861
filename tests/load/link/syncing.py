"""Our own link over weak links: the same records, links and steps as `tests.load.morango.measuring`.

    python -m tests.load.link.syncing --result link.json

For each link: a new hub and a new box, the records written through `emit` while the box has no hub yet, then joined:
the first sync; then single records. Two whole nodes on the loopback, on SQLite.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.faults.pair import Pair, join, running_pair
from tests.load.conditions import Condition, chosen
from tests.load.machine import load, machine
from tests.load.saying import say

SEED = 3390
SINGLE = 5
"""Records that are sent one by one, to take the one in the middle."""
SETTLE = 3.0
"""Seconds after a sync before the next thing is measured."""
LONGEST = 900.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.load.link.syncing", description="Measure the link's first sync.")
    parser.add_argument("--records", type=int, default=0, help="records at every link instead of the usual numbers")
    parser.add_argument("--links", default="", help="names of links, with commas; all of them when empty")
    parser.add_argument("--result", default="link.json")
    given = parser.parse_args()
    result: dict[str, Any] = {"machine": machine(""), "links": []}
    for condition in chosen(given.links):
        result["links"].append(measure(condition, given.records or condition.records))
        Path(given.result).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    say(f"written {given.result}")


def measure(condition: Condition, count: int) -> dict[str, Any]:
    """One link with a new pair of nodes."""
    folder = Path(tempfile.mkdtemp(prefix="langso-link-"))
    told: dict[str, Any] = {"link": condition.name, "records": count, "load": load()}
    try:
        with running_pair(folder, rtt=condition.rtt, rate=condition.rate, joined=False) as pair:
            begin = time.perf_counter()
            pair.at_box.write(count, at_once=20, seed=SEED)
            told["fill_s"] = round(time.perf_counter() - begin, 1)
            told["first"] = first_sync(pair)
            time.sleep(SETTLE)
            told["one"] = single_records(pair)
            told["whole"] = pair.at_home() == pair.arrived()
            told["compare"] = pair.at_box.langso("link", "compare")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(f"{condition.name}: {told}")
    return told


def first_sync(pair: Pair) -> dict[str, Any]:
    """Join, then wait for the hub to hold everything.

    `seconds` begin with the first bytes that the box sends by itself after joining.
    """
    head = pair.at_box.ask("head")
    join(pair.at_hub, pair.at_box, pair.wire)
    before, joined = pair.wire.mark(), time.time()
    held_at = pair.at_hub.ask("await_held", node=head["node"], seq=head["seq"], within=LONGEST, patience=LONGEST)
    known_at = pair.at_box.ask("await_confirmed", seq=head["seq"], within=60)
    used = pair.wire.traffic.since(before)
    return {
        "records": head["seq"],
        "seconds": round(held_at - pair.wire.began_at, 3),
        "from_join_s": round(held_at - joined, 3),
        "confirmed_s": round(known_at - pair.wire.began_at, 3),
        "bytes_up": used.up,
        "bytes_down": used.down,
        "connections": used.connections,
    }


def single_records(pair: Pair) -> dict[str, Any]:
    """One record at a time: seconds until the hub holds it, until the box knows, and the bytes of both directions."""
    node, tries = pair.name_of_box(), []
    for _ in range(SINGLE):
        before = pair.wire.mark()
        seq, written_at = pair.at_box.ask("write_one")
        known = pair.at_box.begin("await_confirmed", seq=seq, within=30)
        held_at = pair.at_hub.ask("await_held", node=node, seq=seq, within=30)
        known_at = known.result(40)
        used = pair.wire.traffic.since(before)
        tries.append((held_at - written_at, known_at - written_at, used.up, used.down, used.connections))
        time.sleep(1.1)
    names = ("seconds", "confirmed_s", "bytes_up", "bytes_down", "connections")
    middle = {name: round(median(column), 3) for name, column in zip(names, zip(*tries, strict=True), strict=True)}
    return middle | {"tries": [[round(value, 3) for value in each] for each in tries]}


if __name__ == "__main__":
    main()
