from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class OrganisationsConfig(DomainConfig):
    name = "langso.community.organisations"
    label = "organisations"
    uses = ("places", "people")
    nav = (NavEntry(_("Organisations"), "organisations:list", "building-2", (Role.OFFICER, Role.OPERATOR), order=60),)
