from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry

DESK = (Role.COOPERATIVE_MANAGER, Role.INSPECTOR, Role.OFFICER)


class PlotsConfig(DomainConfig):
    name = "langso.farm.plots"
    label = "plots"
    uses = ("organisations", "people", "places")
    nav = (
        NavEntry(_("My land"), "plots:mine", "land-plot", (Role.RESIDENT,), place="home", order=25),
        NavEntry(_("Plots"), "plots:list", "land-plot", DESK, order=40),
        NavEntry(_("Seasons"), "plots:seasons", "sprout", DESK, order=41),
    )
