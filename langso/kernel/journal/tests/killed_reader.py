"""The other side of `test_exactly_once`: a program that fills a journal and reads it in children that are killed.

    python -m langso.kernel.journal.tests.killed_reader ENTRIES KILLS SEED

Five listeners do work that is not idempotent: each adds to a running total that depends on the order. Prints one JSON
object: the totals of the killed run and of a clean run over the same entries, and how often a child was really killed.
"""

import json
import os
import random
import signal
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from langso.kernel.access.actors import system  # noqa: E402
from langso.kernel.access.scope import commune_scope  # noqa: E402
from langso.kernel.journal import reading  # noqa: E402
from langso.kernel.journal.events import event  # noqa: E402
from langso.kernel.journal.listeners import LISTENERS, Heard, on  # noqa: E402
from langso.kernel.journal.models import Cursor, ParkedEntry  # noqa: E402
from langso.kernel.journal.queries import last_position  # noqa: E402
from langso.kernel.journal.services import emit, writing  # noqa: E402

COMMUNE = "03390"
MODULUS = 1_000_003


@event()
class Counted:
    number: int


@event()
class Measured:
    number: int


def add(listener: str, number: int) -> None:
    """total := 31 * total + number: doubling, losing or swapping an entry changes it for good."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE tally SET total = (total * 31 + %s) %% {MODULUS}, heard = heard + 1 WHERE listener = %s",
            [number, listener],
        )


def declare_listeners() -> None:
    LISTENERS.clear()
    for name, facts in {
        "all": (Counted, Measured),
        "again": (Counted, Measured),
        "counted": (Counted,),
        "measured": (Measured,),
        "emitting": (Counted,),
    }.items():

        def hear(heard: Heard[Any], name: str = name) -> None:
            add(name, heard.fact.number)
            if name == "emitting" and heard.fact.number % 10 == 0:
                emit(system(COMMUNE), Measured(number=heard.fact.number + 1))

        hear.__name__ = name
        on(*facts)(hear)


def prepare(entries: int, seed: int) -> None:
    for app in ("journal", "backup", "link", "moving"):  # the journal, and those who may close its gate
        call_command("migrate", app, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tally (listener varchar(20) PRIMARY KEY, total bigint, heard bigint)")
    chance = random.Random(seed)
    with commune_scope(COMMUNE):
        for _ in range(entries // 50):
            with writing():
                for _ in range(50):
                    fact = chance.choice((Counted, Measured))
                    emit(system(COMMUNE), fact(number=chance.randrange(1000)))


def start_anew(entries: int) -> None:
    """Put every listener back before the first entry, and take away what listeners had emitted."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tally")
        for name in LISTENERS:
            cursor.execute("INSERT INTO tally VALUES (%s, 0, 0)", [name.rsplit(".", 1)[-1]])
        cursor.execute("DELETE FROM journal_entry WHERE position > %s", [entries])
        cursor.execute("UPDATE journal_head SET position = %s", [entries])
    Cursor.objects.all().delete()


def read_to_the_end() -> None:
    while reading.read_all() or any(
        cursor.position < last_position() and cursor.retry_at for cursor in Cursor.objects.all()
    ):
        pass


def outcome() -> dict[str, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT listener, total, heard FROM tally ORDER BY listener")
        return {name: [total, heard] for name, total, heard in cursor.fetchall()}


def killed_run(kills: int, seed: int) -> int:
    """Read in children that are killed at random moments; returns how many died before they were done."""
    chance, died = random.Random(seed + 1), 0
    while True:
        leave_the_database()
        child = os.fork()
        if child == 0:
            be_read_by_a_child()
        if died < kills:
            time.sleep(chance.uniform(0.002, 0.12))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            if os.WEXITSTATUS(status):
                raise SystemExit("a child failed by itself")
            return died
        died += 1


def leave_the_database() -> None:
    """A connection, or a pool of them, must not be shared with a child."""
    for each in connections.all(initialized_only=True):
        each.close()
        if each.vendor == "postgresql":
            each.close_pool()  # type: ignore[attr-defined]


def be_read_by_a_child() -> None:
    code = 1
    try:
        read_to_the_end()
        code = 0
    finally:
        os._exit(code)


def main(entries: int, kills: int, seed: int) -> None:
    reading.BATCH = 7
    declare_listeners()
    prepare(entries, seed)
    start_anew(entries)
    read_to_the_end()
    clean = outcome()
    start_anew(entries)
    died = killed_run(kills, seed)
    print(json.dumps({"clean": clean, "killed": outcome(), "died": died, "parked": ParkedEntry.objects.count()}))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
