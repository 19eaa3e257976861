from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class PeopleConfig(DomainConfig):
    name = "langso.community.people"
    label = "people"
    uses = ("places",)
    nav = (
        NavEntry(_("Residents"), "people:list", "users", (Role.OFFICER, Role.HELPER), order=20),
        NavEntry(_("Households"), "people:households", "house", (Role.OFFICER, Role.HELPER), order=21),
        NavEntry(_("Household visits"), "people:visits", "map-pin", (Role.OFFICER, Role.HELPER), order=23),
        NavEntry(_("Possible duplicates"), "people:duplicates", "merge", (Role.OFFICER,), order=22),
        NavEntry(_("My data"), "people:me", "id-card", (Role.RESIDENT,), place="home", order=80),
        NavEntry(_("Who looked at my data"), "people:access-log", "eye", (Role.RESIDENT,), place="home", order=81),
    )
