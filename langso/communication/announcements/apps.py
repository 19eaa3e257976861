from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import STAFF_ROLES
from langso.kernel.domain import DomainConfig, NavEntry


class AnnouncementsConfig(DomainConfig):
    name = "langso.communication.announcements"
    label = "announcements"
    nav = (
        NavEntry(
            _("Notices of the province"), "announcements:notices", "megaphone", tuple(sorted(STAFF_ROLES)), order=15
        ),
    )
