import sys
from typing import Any

from django.core.management.base import BaseCommand

from langso.kernel.journal.queries import last_position
from langso.kernel.journal.verification import verify_journal


class Command(BaseCommand):
    help = "Check the hash chains of this node's journal; exit code 1 when something was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = verify_journal()
        for fault in faults:
            self.stdout.write(f"entry {fault.position}: {fault.what}")
        if faults:
            sys.exit(1)
        self.stdout.write(f"{last_position()} entries, whole")
