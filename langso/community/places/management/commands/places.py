from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langso.community.places.boundaries import import_file
from langso.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Import boundaries from a TopoJSON or GeoJSON file: `langso places import-boundaries FILE --edition V …`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        boundaries = acts.add_parser("import-boundaries", help="replace a layer of boundaries by that of a file")
        boundaries.add_argument("file", help="TopoJSON or GeoJSON with the codes of the units")
        boundaries.add_argument("--edition", required=True, help="the file's version, as its publisher calls it")
        boundaries.add_argument("--legal-basis", required=True, help="the decision that the boundaries follow, or none")
        boundaries.add_argument("--valid-from", required=True, type=date.fromisoformat, help="first day, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            layer = import_file(
                options["file"],
                version=options["edition"],
                legal_basis=options["legal_basis"],
                valid_from=options["valid_from"],
            )
        except (DomainError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        took = f", in place of {layer.replaced}" if layer.replaced else ""
        self.stdout.write(f"{layer.unit_count} outlines of {layer.level.lower()}s{took}")
