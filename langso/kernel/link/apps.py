from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class LinkConfig(DomainConfig):
    name = "langso.kernel.link"
    label = "link"
    nav: ClassVar[tuple[NavEntry, ...]] = (
        NavEntry(_("Link"), "link:state", "refresh-cw", (Role.OPERATOR, Role.PROVINCE_OFFICER), order=94),
    )
