from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langso.kernel.errors import Invalid
from langso.site.blueprint import PILLARS, write_domain

PACKAGE = Path(__file__).resolve().parents[3]


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Write the folder of a new domain; its tests fail until it is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="a noun of the field, such as learning")
        parser.add_argument("--pillar", required=True, choices=PILLARS)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = write_domain(PACKAGE, pillar=options["pillar"], name=options["name"])
        except Invalid as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{made.folder.relative_to(PACKAGE.parent)} is written. Next:")
        self.stdout.write(f"  1. add {made.registration} to DOMAINS in langso/site/settings.py")
        self.stdout.write(f"  2. python -m pytest {made.folder.relative_to(PACKAGE.parent)} says what is still missing")
        self.stdout.write("  3. docs/develop/conventions.md says how a domain is written")
