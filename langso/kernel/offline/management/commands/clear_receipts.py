from typing import Any, Final

from django.core.management.base import BaseCommand

from langso.kernel.offline.receipts import clear

AT_ONCE: Final = 1000


class Command(BaseCommand):
    help = "Forget answers to phones older than 90 days, and pictures that never arrived whole"

    def handle(self, *args: Any, **options: Any) -> None:
        gone = 0
        while cleared := clear(most=AT_ONCE):
            gone += cleared
        self.stdout.write(f"{gone} forgotten")
