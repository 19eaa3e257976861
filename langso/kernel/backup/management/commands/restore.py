from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from langso.kernel.access.actors import system
from langso.kernel.backup import restorations, texts
from langso.kernel.errors import DomainError


class Command(BaseCommand):
    help = (
        "Make a node from a backup: `restore --from BACKUPS --data DIR [--replace]`; `restore state`; `restore finish`."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["begin", "state", "finish"], help="begin is called by restore itself")
        parser.add_argument("--snapshot", default="", help="what the records were made from")
        parser.add_argument("--taken-at", default="", help="when that snapshot was taken")
        parser.add_argument(
            "--without-hub", action="store_true", help="write again without what the hub may still hold"
        )
        parser.add_argument("--reason", default="", help="why; it stands in the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["act"])(options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def begin(self, options: dict[str, Any]) -> None:
        """Bring the records to this program's form and open the node's new epoch."""
        unknown = unknown_migrations()
        if unknown:
            raise CommandError(
                f"a newer version of the program wrote this snapshot ({unknown[0]}); install that one first"
            )
        call_command("migrate", verbosity=0)
        taken_at = datetime.fromisoformat(options["taken_at"])
        restorations.begin(system(), snapshot=options["snapshot"], taken_at=taken_at)

    def state(self, options: dict[str, Any]) -> None:
        for sentence in texts.restore_sentences():
            self.stdout.write(sentence)

    def finish(self, options: dict[str, Any]) -> None:
        if not options["without_hub"]:
            raise CommandError("the hub's answer finishes it by itself; add --without-hub to go on without it")
        restorations.finish_without_hub(system(), reason=options["reason"])
        self.state(options)


def unknown_migrations() -> list[str]:
    """What was done to the tables by a program that is newer than this one."""
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in set(loader.applied_migrations) - set(loader.disk_migrations))
