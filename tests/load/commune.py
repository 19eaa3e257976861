"""How Langso carries a very large commune, measured over HTTP against a real node.

    python -m tests.load.commune --engine sqlite --residents 10000,100000 --entries 1000000

For each number of residents: fill the journal in proportion, import the register through the real engine and worker,
make lots, then ask the officer's search, residents' homes and lots' pages with one and with four clients. Writes
`--result FILE` (JSON); `python -m tests.load.reporting FILE…` prints the tables. Uses the loopback only.
PostgreSQL is started for the run, with `fsync` on, unless `DATABASE_URL` names one.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from tests.load.asking import WARM_UP, Page, ask
from tests.load.machine import load, machine
from tests.load.questions import questions
from tests.load.register import Resident, csv_of, residents
from tests.load.saying import say
from tests.load.serving import ROOT, Node, Place, serving

CLIENTS = (1, 4)
HOMES = 30
"""Residents whose home is opened."""
ENTRIES_BY_RESIDENT = 1.3
"""Entries that the import of one resident writes, about: the person, and the household now and then."""

AS_INSTALLED = "-c shared_buffers=512MB -c max_wal_size=4GB"
"""What docs/operate/install.md tells to set in PostgreSQL."""


def main() -> None:
    given = _options()
    if given.engine == "postgres" and not os.environ.get("DATABASE_URL"):
        again = [str(ROOT / "tools/with_postgres.sh"), sys.executable, "-m", "tests.load.commune", *sys.argv[1:]]
        os.environ.setdefault("LANGSO_TEST_FSYNC", "on")
        os.environ.setdefault("LANGSO_TEST_POSTGRES", AS_INSTALLED)
        os.execv(again[0], again)
    database = os.environ["DATABASE_URL"] if given.engine == "postgres" else ""
    folder = Path(tempfile.mkdtemp(prefix="langso-load-"))
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    try:
        result = Measuring(Place(folder, database), given).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    Path(given.result).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    say(f"written {given.result}")


class Measuring:
    """One engine, growing from one size to the next."""

    def __init__(self, place: Place, given: argparse.Namespace) -> None:
        self.place = place
        self.given = given
        self.end = time.monotonic() + 60 * given.minutes
        self.people: list[Resident] = []
        self.officer: dict[str, str] = {}

    def run(self) -> dict[str, Any]:
        result: dict[str, Any] = {"machine": machine(self.place.database), "command": _command(), "sizes": []}
        self.place.langso("migrate", "--verbosity", "0")
        [self.officer] = self.place.inside(("begin", {}), within=120)
        sizes = [int(size) for size in self.given.residents.split(",")]
        for size in sizes:
            if self.left() < 60:
                result["stopped"] = f"the time was over before {size} residents"
                break
            result["sizes"].append(self.size(size, entries=self.given.entries * size // sizes[-1]))
            Path(self.given.result).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        return result

    def left(self) -> float:
        return max(0.0, self.end - time.monotonic())

    def size(self, size: int, *, entries: int) -> dict[str, Any]:
        """Grow to so many residents and entries, then ask."""
        say(f"{size} residents, {entries} entries")
        measured: dict[str, Any] = {"load_before_filling": load()}
        new = list(residents(len(self.people) + 1, size - len(self.people)))
        before = ("journal", {"up_to": entries - round(ENTRIES_BY_RESIDENT * len(new))})
        [measured["journal"]] = self.place.inside(before, within=self.left())
        say(f"  journal {measured['journal']}")
        measured["import"] = self.take_in(new)
        codes, sessions, _rest, counts, measured["key_lookup"], _none = self.place.inside(
            ("lots", {"groups": max(1, size // 5000)}),
            ("residents", {"count": HOMES}),
            ("journal", {"up_to": entries}),
            ("counts", {}),
            ("lookups", {}),
            ("settle", {}),
            within=self.left(),
        )
        with serving(self.place) as node:
            measured |= counts | {"lots": len(codes), "pages": self.pages(node, sessions, codes)}
        return measured

    def take_in(self, new: list[Resident]) -> dict[str, Any]:
        """Import the new residents while the node runs, and put the same cells into a bare table."""
        self.people += new
        file = self.place.data / "register.csv"
        file.write_bytes(csv_of(iter(new)))
        with serving(self.place) as node:
            told: dict[str, Any] = {"load": load()}
            order = {"account": self.officer["account"], "file": str(file), "at_most": self.left()}
            done, told["bare_insert"] = self.place.inside(
                ("import", order), ("bare_insert", {"file": str(file)}), within=self.left() + 30
            )
            told |= done | {"worker_cpu_s": round(node.cpu_seconds("langso.site.worker"), 1)}
        say(f"  import {told}")
        return told

    def pages(self, node: Node, sessions: list[str], codes: list[str]) -> dict[str, Any]:
        """Every page, with one and with more clients."""
        chance, count = Random(11), self.given.answers
        asked = [
            Page(f"/people/?q={question.typed.replace(' ', '+')}", self.officer["session"], question.kind)
            for question in questions(self.people, count)
        ]
        wishes = {
            "search": asked,
            "home": [Page("/home/", chance.choice(sessions)) for _ in range(count)],
            "lot": [Page(f"/lot/{chance.choice(codes)}") for _ in range(count)],
            "healthz": [Page("/healthz")] * count,
        }
        told: dict[str, Any] = {}
        for name, wanted in wishes.items():
            for clients in CLIENTS:
                begun = load()
                used = node.cpu_seconds("granian")
                done = ask(node.address, wanted, clients=clients, at_most=min(20.0, self.left())).summary()
                pages = int(str(done["answers"])) + WARM_UP
                done["cpu_ms_per_page"] = round(1000 * (node.cpu_seconds("granian") - used) / pages, 1)
                told.setdefault(name, []).append({"load": begun, **done})
                say(f"  {name} {clients}: p50 {done['p50_ms']} p95 {done['p95_ms']} ms, {done['pages_per_s']}/s")
        return told


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.load.commune", description="Measure a node with a large commune.")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--residents", default="10000,100000", help="sizes to measure at, growing, with commas")
    parser.add_argument("--entries", type=int, default=1_000_000, help="journal entries at the last size")
    parser.add_argument("--answers", type=int, default=300, help="answers of each page for each number of clients")
    parser.add_argument("--minutes", type=float, default=15, help="ends, with what there is, after so many")
    parser.add_argument("--result", default="load.json", help="JSON file that is written")
    return parser.parse_args()


def _command() -> str:
    return "python -m tests.load.commune " + " ".join(sys.argv[1:])


if __name__ == "__main__":
    main()
