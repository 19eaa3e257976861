"""Morango 0.8.15 over weak links: the peer of our own link's measurements, with the same records.

    python -m tests.load.morango.measuring --venv /tmp/morango --result morango.json

For each link: two new instances, the first sync of all records, then one new record, then a sync with nothing new.
Each sync is what an application does: connect, session, queue, transfer, take in, close. Loopback only, about four
minutes; the environment is made from PyPI where `--venv` is empty.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tests.faults.wire import Traffic, Wire
from tests.load.conditions import Condition, chosen
from tests.load.diary import write
from tests.load.machine import load, machine
from tests.load.morango.peer import Instance, Server, environment
from tests.load.saying import say

LONGEST = 900.0
"""Seconds that one sync may take."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.load.morango.measuring", description="Measure Morango's sync.")
    parser.add_argument("--venv", required=True, help="folder of the peer's own environment; made when it is missing")
    parser.add_argument("--records", type=int, default=0, help="records at every link instead of the usual numbers")
    parser.add_argument("--links", default="", help="names of links, with commas; all of them when empty")
    parser.add_argument("--result", default="morango.json")
    given = parser.parse_args()
    python = environment(Path(given.venv))
    folder = Path(tempfile.mkdtemp(prefix="langso-morango-"))
    result: dict[str, Any] = {"machine": machine(""), "peer": "Morango 0.8.15, Django 3.2.25, SQLite", "links": []}
    try:
        for condition in chosen(given.links):
            result["links"].append(measure(condition, given.records or condition.records, python, folder))
            Path(given.result).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(f"written {given.result}")


def measure(condition: Condition, count: int, python: Path, folder: Path) -> dict[str, Any]:
    """One link with a pair of new instances."""
    place = folder / str(len(list(folder.iterdir())))
    place.mkdir()
    file = place / "records.jsonl"
    bodies = write(file, count + 1)
    hub = Instance(python, place / "hub.sqlite3")
    invitation = hub.act("found")
    box = Instance(python, place / "box.sqlite3", invitation["partition"])
    hub = Instance(python, hub.database, box.partition)
    box.act("join", invitation=json.dumps(invitation))
    told: dict[str, Any] = {"link": condition.name, "records": count, "body_bytes": bodies, "load": load()}
    told["fill_s"] = round(box.act("fill", file=file, count=count)["seconds"], 1)
    with hub.serving() as server, Wire(server.port, rtt=condition.rtt, rate=condition.rate) as wire:
        told["first"] = synced(box, wire)
        told["whole"] = box.act("state") == hub.act("state")
        box.act("fill", file=file, first=count, count=1)
        told["one"] = synced(box, wire)
        told["none"] = synced(box, wire)
        told["whole"] = told["whole"] and box.act("state") == hub.act("state")
        told |= sizes(server, box, hub)
    say(f"{condition.name}: {told}")
    return told


def synced(box: Instance, wire: Wire) -> dict[str, Any]:
    """One sync: seconds, its stages, and what went over the wire."""
    before: Traffic = wire.traffic.copy()
    done = box.act("sync", url=wire.address + "/", within=LONGEST)
    used = wire.traffic.since(before)
    return done | {"bytes_up": used.up, "bytes_down": used.down, "connections": used.connections}


def sizes(server: Server, box: Instance, hub: Instance) -> dict[str, float]:
    return {
        "server_memory_mb": server.most_memory_mb,
        "box_database_mb": round(box.database.stat().st_size / 1e6, 1),
        "hub_database_mb": round(hub.database.stat().st_size / 1e6, 1),
    }


if __name__ == "__main__":
    main()
