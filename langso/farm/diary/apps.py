from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class DiaryConfig(DomainConfig):
    name = "langso.farm.diary"
    label = "diary"
    uses = ("people", "plots")
    nav = (
        NavEntry(_("Field diary"), "diary:home", "notebook-pen", (Role.RESIDENT,), place="home", order=20),
        NavEntry(_("Diaries to check"), "diary:checks", "clipboard-check", (Role.INSPECTOR,), order=30),
    )
