from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from langso.site.settings_page import settings_page


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Print every setting of a node: name, default, meaning (the page docs/operate/settings.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA.exists()  # settings declare themselves when they are loaded
        self.stdout.write(settings_page(), ending="")
