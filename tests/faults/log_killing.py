"""A log is killed while it takes in and signs: `python -m tests.faults.log_killing --times 500`, on an empty node.

Writes villages, lets the log take them in, signs at every turn; each time a child process does
so and gets SIGKILL after some milliseconds. Then everything is compared. Prints one line of JSON: what was killed, what
stands there, and `faults`, which must be empty.
"""

import argparse
import json
import os
import signal
import time
from datetime import timedelta
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from langso.community.places.testing import make_village  # noqa: E402
from langso.kernel.access.scope import commune_scope  # noqa: E402
from langso.kernel.ids import new_id  # noqa: E402
from langso.kernel.journal.events import Reach  # noqa: E402
from langso.kernel.journal.models import Entry  # noqa: E402
from langso.kernel.transparency.models import Log  # noqa: E402
from langso.kernel.transparency.queries import verifier_of  # noqa: E402
from langso.kernel.transparency.rules.merkle import (  # noqa: E402
    BadProof,
    check_consistency,
    consistency_path,
    grown_nodes,
    leaf_hash,
    root_of,
)
from langso.kernel.transparency.rules.notes import read_checkpoint, verified_text  # noqa: E402
from langso.kernel.transparency.services import reading, sign, take_in  # noqa: E402

COMMUNE = settings.COMMUNE
SHORTEST_S, LONGEST_S = 0.01, 0.12


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.faults.log_killing")
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--seed", type=int, default=4)
    given = parser.parse_args()
    chance, begin = Random(given.seed), time.monotonic()
    killed = sum(_one(chance.uniform(SHORTEST_S, LONGEST_S)) for _ in range(given.times))
    seconds = time.monotonic() - begin
    while take_in(COMMUNE):
        pass
    sign(COMMUNE, not_within=timedelta(0))
    print(json.dumps({"killed": killed, "seconds": round(seconds, 1), **compared()}))


def _one(seconds: float) -> int:
    """Let a child write until it is killed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        _write_for_ever()
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return int(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)


def _write_for_ever() -> None:
    try:
        with commune_scope(COMMUNE):
            while True:
                make_village(name=f"Bản {new_id().hex}")
                take_in(COMMUNE)
                sign(COMMUNE, not_within=timedelta(0))
    finally:
        os._exit(1)


def compared() -> dict[str, Any]:
    """What stands there, and every way in which log and journal do not agree."""
    log = Log.objects.get()
    public = Entry.objects.filter(commune=COMMUNE, reach=Reach.PUBLIC).order_by("position")
    entries = list(public.values_list("id", flat=True))
    leaves = list(log.leaves.order_by("index"))
    faults = []
    if [leaf.entry_id for leaf in leaves] != entries:
        faults.append("the leaves are not the entries")
    if [leaf.index for leaf in leaves] != list(range(log.size)):
        faults.append("a line is missing or doubled")
    hashes = [leaf_hash(bytes(leaf.data)) for leaf in leaves]
    grown = grown_nodes(0, hashes, reading(log))
    stored = {(node.level, node.place): bytes(node.hash) for node in log.nodes.all()}
    if stored != grown:
        faults.append("the stored tree is another")
    faults += list(_faults_of_checkpoints(log))
    return {
        "entries": len(entries), "leaves": len(leaves), "checkpoints": log.checkpoints.count(), "faults": faults,
    }  # fmt: skip


def _faults_of_checkpoints(log: Log) -> list[str]:
    faults, root = [], root_of(log.size, reading(log))
    for signed in log.checkpoints.order_by("size"):
        said = read_checkpoint(verified_text(signed.note, verifier_of(log)))
        try:
            check_consistency(said.size, log.size, said.root, root, consistency_path(said.size, log.size, reading(log)))
        except BadProof:
            faults.append(f"the checkpoint of {said.size} does not fit")
    return faults


if __name__ == "__main__":
    main()
