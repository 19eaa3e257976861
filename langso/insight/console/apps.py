from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class ConsoleConfig(DomainConfig):
    name = "langso.insight.console"
    label = "console"
    uses = ("announcements", "places", "products")
    nav: ClassVar[tuple[NavEntry, ...]] = (
        NavEntry(
            _("Communes"),
            "console:communes",
            "network",
            (Role.PROVINCE_OFFICER, Role.OPERATOR),
            order=10,
            only_at="hub",
        ),
    )
