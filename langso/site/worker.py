"""The worker process: listeners of the journal, background tasks and the link to the hub, each in a thread.

    python -m langso.site.worker NAME

The name is stable across restarts, so that a worker that comes back takes up the tasks that it left when it was killed.
"""

import logging
import os
import signal
import sys
import threading
from datetime import datetime, timedelta
from types import FrameType

import django
from django.db import InterfaceError, OperationalError, connection, connections, transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from django_tasks.base import TaskResultStatus  # noqa: E402
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from langso.kernel import clock  # noqa: E402
from langso.kernel.backup.nightly import Nightly  # noqa: E402
from langso.kernel.journal.catching_up import take_up_known  # noqa: E402
from langso.kernel.journal.models import WorkerSign  # noqa: E402
from langso.kernel.journal.queries import last_position, retry_is_due  # noqa: E402
from langso.kernel.journal.reading import read_all  # noqa: E402
from langso.kernel.link.linker import Linker  # noqa: E402
from langso.kernel.rubbish import spare_program  # noqa: E402
from langso.kernel.transparency.notary import Notary  # noqa: E402

log = logging.getLogger("langso.worker")

IDLE = 0.3
SIGN_EVERY = timedelta(seconds=10)
COUNT_AGAIN_AFTER = 1_000
"""Entries of the journal after which the database counts its tables again."""


class Worker:
    """Runs until it is told to stop; an error of one round is logged and the next round goes on."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stop = threading.Event()
        self.signed_at: datetime | None = None
        self.read_to: int | None = None
        self.counted_to = 0
        self.linker = Linker(self.stop)
        self.nightly = Nightly()
        self.notary = Notary()

    def run(self) -> None:
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._told_to_stop)
        take_up_tasks(self.name)
        take_up_known()
        tasks = threading.Thread(target=self._loop, args=(self._tasks_round,), name="tasks")
        link = threading.Thread(target=self.linker.run, name="link", daemon=True)
        tasks.start()
        link.start()
        self._loop(self._listeners_round)
        self.nightly.end()
        tasks.join(timeout=30)
        link.join(timeout=10)

    def _told_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.stop.set()
        self.linker.ring()

    def _loop(self, one_round) -> None:  # type: ignore[no-untyped-def]
        while not self.stop.is_set():
            busy = False
            try:
                busy = one_round()
            except (OperationalError, InterfaceError):
                log.warning("the database is busy or away; trying again", exc_info=True)
                connections.close_all()
                self.stop.wait(1)
            except Exception:
                log.exception("a round of the worker failed")
                self.stop.wait(1)
            if not busy:
                self.stop.wait(IDLE)

    def _listeners_round(self) -> bool:
        """Read when there is something new, or when something is due to be tried again."""
        now = clock.now()
        if self.signed_at is None or now - self.signed_at >= SIGN_EVERY:
            WorkerSign.objects.update_or_create(worker=self.name, defaults={"seen_at": now})
            self.signed_at = now
            self.nightly.tend()
        end = last_position()
        self.notary.tend(end)
        if end == self.read_to and not retry_is_due():
            return False
        if end != self.read_to:
            self.linker.ring()
        heard = read_all()
        if not heard:
            self.read_to = end
        return heard > 0

    def _tasks_round(self) -> bool:
        if not DBTaskResult.objects.ready().exists():
            self._count_again()
            return False
        TaskWorker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=self.name,
            excluded_queue_names=[],
        ).run()
        return True

    def _count_again(self) -> None:
        """When much was written and no task waits: between the turns of a long import nobody is served by it."""
        end = self.read_to or 0
        if end - self.counted_to >= COUNT_AGAIN_AFTER:
            renew_statistics()
            self.counted_to = end


def renew_statistics() -> None:
    """Let the database count its tables again: its planner believes the counts of last time.

    SQLite believes them for ever, PostgreSQL for a minute, in which a search of a register just imported took seconds.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def take_up_tasks(name: str) -> int:
    """Make the tasks that this worker was killed in ready again; returns how many. Tasks are written to bear it."""
    with transaction.atomic():
        left = [
            task for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING) if name in task.worker_ids
        ]
        return DBTaskResult.objects.filter(pk__in=[task.pk for task in left]).update(
            status=TaskResultStatus.READY, started_at=None
        )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    spare_program()
    Worker(sys.argv[1] if len(sys.argv) > 1 else "worker").run()
