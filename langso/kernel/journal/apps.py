from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class JournalConfig(DomainConfig):
    name = "langso.kernel.journal"
    label = "journal"
    nav: ClassVar[tuple[NavEntry, ...]] = (
        NavEntry(_("Parked entries"), "journal:parked", "stop", (Role.OPERATOR,), order=95),
    )
