from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from demo.commune import fill
from langso.kernel.access.scope import commune_scope
from langso.kernel.journal.queries import last_position


class Command(BaseCommand):
    help = "Fill an empty node with the demo commune: real places, generated people, a season of diaries, lots."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="bring the database up to date, and do nothing more when the node holds records already",
        )
        parser.add_argument("--seed", type=int, default=3390, help="another seed gives other people (3390)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"]:
            call_command("migrate", verbosity=0)
        if last_position():
            if options["if_empty"]:
                return
            raise CommandError("this node holds records already; a demo is only made on an empty one")
        if not settings.DEMO:
            raise CommandError("start it with `langso up --demo`, so that the folder is marked as a demo")
        self.stdout.write("filling the demo commune …")
        with commune_scope(settings.COMMUNE), written_at_the_end():
            done = fill(seed=options["seed"], report=self.stdout.write)
        self.stdout.write(done)


@contextmanager
def written_at_the_end() -> Iterator[None]:
    """Spare the disk a flush for each of the demo's 1,400 acts: half a demo is worth nothing anyway."""
    hasty, whole = {
        "sqlite": (["PRAGMA synchronous = OFF"], ["PRAGMA synchronous = FULL", "PRAGMA wal_checkpoint(TRUNCATE)"]),
        "postgresql": (["SET synchronous_commit = off"], ["RESET synchronous_commit"]),
    }[connection.vendor]
    with connection.cursor() as cursor:
        for order in hasty:
            cursor.execute(order)
        yield
        for order in whole:
            cursor.execute(order)
