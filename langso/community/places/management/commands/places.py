from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langso.community.places import services
from langso.community.places.boundaries import import_file
from langso.community.places.rules.changes import read_lines
from langso.community.places.texts import line_sentence
from langso.kernel.access.actors import system
from langso.kernel.errors import DomainError, Invalid


class Command(BaseCommand):
    help = (
        "Import boundaries from a file: `langso places import-boundaries FILE --edition V …`; at a hub, record a "
        "change of communes by law: `langso places record-changes FILE --law L --from DAY`."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        boundaries = acts.add_parser("import-boundaries", help="replace a layer of boundaries by that of a file")
        boundaries.add_argument("file", help="TopoJSON or GeoJSON with the codes of the units")
        boundaries.add_argument("--edition", required=True, help="the file's version, as its publisher calls it")
        boundaries.add_argument("--legal-basis", required=True, help="the decision that the boundaries follow, or none")
        boundaries.add_argument("--valid-from", required=True, type=date.fromisoformat, help="first day, YYYY-MM-DD")
        changes = acts.add_parser("record-changes", help="at the hub: communes end and begin by law")
        changes.add_argument("file", help="CSV: former code, code, kind, name, English name")
        changes.add_argument("--law", required=True, help="number and date of the resolution")
        changes.add_argument("--from", required=True, type=date.fromisoformat, dest="day", help="first day, YYYY-MM-DD")
        changes.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "record-changes":
            self._record(options)
        else:
            self._import(options)

    def _record(self, options: dict[str, Any]) -> None:
        try:
            lines = read_lines(Path(options["file"]).read_text(encoding="utf-8-sig"))
            change = services.ChangeDescription(options["law"], options["day"], tuple(lines))
            planned = services.plan_unit_change(system(), change=change)
            if not options["dry_run"]:
                services.record_unit_change(system(), change=change)
        except services.ChangeRefused as refusal:
            raise CommandError("\n".join(line_sentence(line) for line in refusal.lines)) from refusal
        except Invalid as refusal:
            raise CommandError(" ".join(str(said) for said in refusal.fields.values()) or str(refusal)) from refusal
        except (DomainError, OSError, UnicodeDecodeError) as refusal:
            raise CommandError(str(refusal)) from refusal
        said = "would end" if options["dry_run"] else "end"
        self.stdout.write(f"{len(planned.ended)} communes {said} on {planned.from_date}, {len(planned.begun)} begin")

    def _import(self, options: dict[str, Any]) -> None:
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
