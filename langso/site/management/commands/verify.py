import sys
from typing import Any

from django.core.management.base import BaseCommand

from langso.kernel.files import contents
from langso.kernel.journal.queries import last_position
from langso.kernel.journal.verification import verify_journal


class Command(BaseCommand):
    help = "Check the journal's hash chains and every kept file; exit code 1 when something was changed or is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [f"journal entry {fault.position}: {fault.what}" for fault in verify_journal()]
        faults += [f"file {fault.sha256}: {fault.what}" for fault in contents.verify()]
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            sys.exit(1)
        self.stdout.write(f"{last_position()} entries and all files, whole")
