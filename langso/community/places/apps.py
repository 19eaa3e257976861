from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class PlacesConfig(DomainConfig):
    name = "langso.community.places"
    label = "places"
    nav = (
        NavEntry(_("Villages"), "places:villages", "map-pin", (Role.OFFICER,), order=70),
        NavEntry(_("Administrative units"), "places:units", "map", (Role.OFFICER, Role.OPERATOR), order=90),
        NavEntry(
            _("Changes of communes"),
            "places:changes",
            "split",
            (Role.OFFICER, Role.PROVINCE_OFFICER, Role.OPERATOR),
            order=91,
        ),
    )
