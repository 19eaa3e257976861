from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class PlotsConfig(DomainConfig):
    name = "langso.farm.plots"
    label = "plots"
    uses = ("organisations", "people", "places")
    nav = (NavEntry(_("My land"), "plots:mine", "land-plot", (Role.RESIDENT,), place="home", order=25),)
