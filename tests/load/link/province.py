"""A province of boxes against one hub: all catch up at once after a night without link, then live a day's pace.

    python -m tests.load.link.province --boxes 100,500,1000 --engine sqlite --result province-sqlite.json

For each number of boxes: a new hub, boxes with 1,000 entries each (a commune's day), every box as patient as a real one
(it gives up after the same time and comes back after the same growing pause). Boxes and hub share the machine's cores.
"""

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

import django
import psycopg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
os.environ.setdefault("LANGSO_SECRET_KEY", "load")
django.setup()

from tests.faults.asking import Inside  # noqa: E402
from tests.load.link.calling import Caller  # noqa: E402
from tests.load.link.simulated import LOT_EVERY, Box, make_boxes  # noqa: E402
from tests.load.machine import load, machine  # noqa: E402
from tests.load.processes import used_by_family  # noqa: E402
from tests.load.saying import say  # noqa: E402
from tests.load.serving import ROOT  # noqa: E402
from tests.node import Node, own_database, running_node  # noqa: E402

ENTRIES = 1_000
LOOK_EVERY = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.load.link.province", description="Many boxes against one hub.")
    parser.add_argument("--boxes", default="100,500,1000", help="numbers of boxes, with commas")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--minutes", type=float, default=6, help="the longest that one catching up may take")
    parser.add_argument("--pace", type=float, default=60, help="seconds of a day's pace to measure afterwards")
    parser.add_argument("--result", default="province.json")
    given = parser.parse_args()
    if given.engine == "postgres" and not os.environ.get("DATABASE_URL"):
        again = [str(ROOT / "tools/with_postgres.sh"), sys.executable, "-m", "tests.load.link.province", *sys.argv[1:]]
        os.environ.setdefault("LANGSO_TEST_FSYNC", "on")
        os.execv(again[0], again)
    result: dict[str, Any] = {"engine": given.engine, "machine": machine(os.environ.get("DATABASE_URL", ""))}
    result["sizes"] = []
    for count in map(int, given.boxes.split(",")):
        result["sizes"].append(measure(count, 60 * given.minutes, given.pace))
        Path(given.result).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    say(f"written {given.result}")


def measure(count: int, at_most: float, pace: float) -> dict[str, Any]:
    begin = time.perf_counter()
    boxes = make_boxes(count, ENTRIES)
    say(f"{count} boxes made in {time.perf_counter() - begin:.0f} s")
    folder = Path(tempfile.mkdtemp(prefix="langso-province-"))
    try:
        with own_database() as database, running_node(folder, "--role", "hub", database=database) as hub:
            with Inside(hub.environment) as inside:
                enrol(inside, boxes)
                told = asyncio.run(Province(hub, inside, boxes).live(at_most, pace))
            told["database_mb"] = round(size_of(folder, database) / 1e6, 1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(f"{count} boxes: {told}")
    return told


def size_of(folder: Path, database: str) -> int:
    """Bytes of the hub's database, its write-ahead log included where it lies in a file."""
    if not database:
        return sum(file.stat().st_size for file in folder.glob("langso.sqlite3*"))
    with psycopg.connect(database) as server:
        row = server.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


def enrol(inside: Inside, boxes: list[Box]) -> None:
    """Let the hub know every box, as if each had joined with a code."""
    rows = [[box.node, box.commune, box.key.public_key().public_bytes_raw().hex()] for box in boxes]
    for at in range(0, len(rows), 100):
        inside.ask("enrol", boxes=rows[at : at + 100])


class Province:
    """All boxes at once, in one event loop, and a look at the hub every second."""

    def __init__(self, hub: Node, inside: Inside, boxes: list[Box]) -> None:
        self.hub, self.inside = hub, inside
        self.callers = [Caller(box, hub.port) for box in boxes]
        self.most_memory = 0

    async def live(self, at_most: float, pace: float) -> dict[str, Any]:
        looking = asyncio.ensure_future(self._look())
        told: dict[str, Any] = {"boxes": len(self.callers), "load": load()}
        begin = time.perf_counter()
        told["night"] = await self._catch_up(at_most)
        told["copies"] = await self._copies(begin, at_most)
        if told["night"]["boxes_level"] == len(self.callers):
            told["pace"] = await self._keep_pace(pace)
        looking.cancel()
        return told | {"hub_memory_mb": round(self.most_memory / 1e6, 1)}

    async def _catch_up(self, at_most: float) -> dict[str, Any]:
        begin, used = time.perf_counter(), self._cpu()
        tasks = [asyncio.ensure_future(caller.catch_up(begin)) for caller in self.callers]
        await asyncio.wait(tasks, timeout=at_most)
        took = time.perf_counter() - begin
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        level = sorted(caller.level_after for caller in self.callers if caller.level_after)
        entries = sum(caller.upto for caller in self.callers)
        return {
            "seconds": round(took, 1),
            "entries": entries,
            "entries_per_s": round(entries / took),
            "boxes_level": len(level),
            "level_p50_s": round(_share(level, 50), 1),
            "level_p95_s": round(_share(level, 95), 1),
            "given_up": sum(caller.given_up for caller in self.callers),
            "refused": sum(caller.refused for caller in self.callers),
            "hub_cpu_s": round(self._cpu() - used, 1),
            "bytes_up": sum(caller.sent for caller in self.callers),
        }

    async def _copies(self, begin: float, at_most: float) -> dict[str, Any]:
        """When the hub's worker had made a copy of every lot, since the boxes began to send."""
        lots = sum(caller.upto for caller in self.callers) // LOT_EVERY
        made = 0
        while made < lots and time.perf_counter() - begin < at_most:
            made = await asyncio.wrap_future(self.inside.begin("lot_copies"))
            await asyncio.sleep(LOOK_EVERY)
        return {"lots": lots, "made": made, "seconds": round(time.perf_counter() - begin, 1)}

    async def _keep_pace(self, seconds: float) -> dict[str, Any]:
        """Every box waits at the hub for news and sends a record every 86 s, one after the other."""
        used, begin = self._cpu(), time.perf_counter()
        tasks = [asyncio.ensure_future(caller.live(seconds)) for caller in self.callers]
        await asyncio.gather(*tasks, return_exceptions=True)
        took = time.perf_counter() - begin
        answers = sorted(each for caller in self.callers for each in caller.answers)
        failed = [str(task.exception())[:80] for task in tasks if task.exception()]
        return {
            "seconds": round(took, 1),
            "records": len(answers),
            "answer_p50_s": round(_share(answers, 50), 3),
            "answer_p95_s": round(_share(answers, 95), 3),
            "boxes_failed": len(failed),
            "came_back": sum(caller.came_back for caller in self.callers),
            "first_failure": failed[0] if failed else "",
            "hub_cpu_percent": round(100 * (self._cpu() - used) / took, 1),
        }

    async def _look(self) -> None:
        while True:
            memory = sum(each.memory for each in used_by_family(self.hub.process.pid))
            self.most_memory = max(self.most_memory, memory)
            await asyncio.sleep(LOOK_EVERY)

    def _cpu(self) -> float:
        return sum(each.cpu_seconds for each in used_by_family(self.hub.process.pid))


def _share(ordered: list[float], percent: int) -> float:
    if len(ordered) < 2:
        return ordered[0] if ordered else 0.0
    return quantiles(ordered, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    main()
