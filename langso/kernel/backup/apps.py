from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class BackupConfig(DomainConfig):
    name = "langso.kernel.backup"
    label = "backup"
    nav: ClassVar[tuple[NavEntry, ...]] = (
        NavEntry(_("Backups"), "backup:backups", "shield-check", (Role.OPERATOR,), order=94),
    )
