from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.commune import fill
from langso.kernel.access.scope import commune_scope
from langso.kernel.journal.queries import last_position


class Command(BaseCommand):
    help = "Fill an empty node with the demo commune: real places, generated people, a season of diaries, lots."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when the node holds records already")
        parser.add_argument("--seed", type=int, default=3390, help="another seed gives other people (3390)")

    def handle(self, *args: Any, **options: Any) -> None:
        if last_position():
            if options["if_empty"]:
                return
            raise CommandError("this node holds records already; a demo is only made on an empty one")
        if not settings.DEMO:
            raise CommandError("start it with `langso up --demo`, so that the folder is marked as a demo")
        self.stdout.write("filling the demo commune …")
        with commune_scope(settings.COMMUNE):
            done = fill(seed=options["seed"], report=self.stdout.write)
        self.stdout.write(done)
