from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langso.farm.diary import services
from langso.kernel.access.actors import system
from langso.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Make a JSON file the newest list of allowed inputs (its form: docstring of `load_input_list`)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            services.load_input_list(system(), document=options["file"].read_bytes())
        except OSError as error:
            raise CommandError(f"cannot read {options['file']}: {error.strerror}") from error
        except DomainError as refusal:
            faults = "".join(f"\n  {place}: {sentence}" for place, sentence in refusal.fields.items())
            raise CommandError(f"{refusal}{faults}") from refusal
        self.stdout.write("The list is in force for everything that is judged from now on.")
