"""Imports a file with workers that are killed again and again; run by `test_killed.py` in a process of its own.

    python -m langso.kernel.imports.tests.killed SEED

Prints one JSON line: how often a worker was killed in the middle, and what the database holds in the end.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from datetime import timedelta
from uuid import UUID

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django_tasks_db.management.commands.db_worker import Worker  # noqa: E402

from langso.kernel.access.actors import Actor, Membership, Role  # noqa: E402
from langso.kernel.access.scope import commune_scope  # noqa: E402
from langso.kernel.ids import new_id  # noqa: E402
from langso.kernel.imports import leases, services, worker  # noqa: E402
from langso.kernel.imports.models import ImportRun, Mode, RowResult, State  # noqa: E402
from langso.kernel.imports.testing import check_file  # noqa: E402
from langso.kernel.imports.tests.words import KIND, many, words  # noqa: E402
from langso.kernel.journal.models import Entry  # noqa: E402

ROWS = 3000
leases.LEASE = timedelta(seconds=0.4)  # type: ignore[misc]
worker.LOOK_AGAIN = timedelta(seconds=0.2)  # type: ignore[misc]


def work() -> None:
    """The node's own task worker, until it is killed."""
    Worker(
        queue_names=["default"],
        interval=0.02,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"worker-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


def is_writing(run_id: UUID) -> bool:
    return ImportRun.objects.get(pk=run_id).state == State.WRITING


def rows_done(run_id: UUID) -> int:
    return ImportRun.objects.get(pk=run_id).rows_done


def main(seed: int) -> dict[str, object]:
    chance = random.Random(seed)
    for app in ("journal", "backup", "link", "moving", "files", "search", "imports", "django_tasks_database"):
        call_command("migrate", app, verbosity=0)
    actor = Actor(account_id=new_id(), commune="03390", memberships=(Membership(Role.OFFICER, new_id(), "03390"),))
    run_id = check_file(actor, kind=KIND, content=many(ROWS))
    services.start(actor, run_id=run_id, mode=Mode.GOOD_ROWS)
    deadline, kills = time.monotonic() + 60, 0
    while is_writing(run_id) and time.monotonic() < deadline:
        enough = rows_done(run_id) + chance.randint(1, ROWS // 4)
        connection.close()
        child = multiprocessing.get_context("fork").Process(target=work)
        child.start()
        while is_writing(run_id) and rows_done(run_id) < enough:
            time.sleep(0.003)
        kills += is_writing(run_id)
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
    run = ImportRun.objects.get(pk=run_id)
    results = RowResult.objects.filter(run=run)
    return {
        "kills": kills,
        "state": run.state,
        "accepted": run.accepted,
        "words": len(words()),
        "results": results.count(),
        "numbers": results.values("number").distinct().count(),
        "finished": Entry.objects.filter(kind="kernel.imports.import_finished.v1").count(),
    }


if __name__ == "__main__":
    with commune_scope("03390"):
        print(json.dumps(main(int(sys.argv[1]))))
