from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class SurveysConfig(DomainConfig):
    name = "langso.community.surveys"
    label = "surveys"
    nav = (NavEntry(_("Household surveys"), "surveys:rounds", "clipboard-list", (Role.OFFICER,), order=75),)
