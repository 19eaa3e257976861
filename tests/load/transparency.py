"""How quickly a log takes in what became public, and how small and quick a proof is.

    python -m tests.load.transparency --engine sqlite --events 1000000 --result log.json

Fills a journal with public entries (rows only), lets the log take them in as the worker does, 500 in a transaction, and
puts the same leaves into a table with nothing but a key in the same portions: the limit of this machine. PostgreSQL is
started for the run, with `fsync` on, unless `DATABASE_URL` names one.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.load.commune import AS_INSTALLED
from tests.load.machine import load, machine
from tests.load.serving import ROOT, Place

AT_MOST_S = 1500


def main() -> None:
    given = _options()
    if given.engine == "postgres" and not os.environ.get("DATABASE_URL"):
        again = [str(ROOT / "tools/with_postgres.sh"), sys.executable, "-m", "tests.load.transparency", *sys.argv[1:]]
        os.environ.setdefault("LANGSO_TEST_FSYNC", "on")
        os.environ.setdefault("LANGSO_TEST_POSTGRES", AS_INSTALLED)
        os.execv(again[0], again)
    database = os.environ["DATABASE_URL"] if given.engine == "postgres" else ""
    folder = Path(tempfile.mkdtemp(prefix="langso-log-"))
    try:
        place, before = Place(folder, database), load()
        place.langso("migrate", "--verbosity", "0")
        [told] = place.inside(("log", {"events": given.events}), within=AT_MOST_S)
        result = {"machine": machine(database), "events": given.events, "load_before": before, **told}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    Path(given.result).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.load.transparency", description="Measure a commune's log.")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--result", default="log.json")
    return parser.parse_args()


if __name__ == "__main__":
    main()
