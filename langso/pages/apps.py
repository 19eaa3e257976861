from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import STAFF_ROLES
from langso.kernel.domain import DomainConfig, NavEntry


class PagesConfig(DomainConfig):
    name = "langso.pages"
    label = "pages"
    uses = ("announcements", "diary", "organisations", "places", "products")
    mount = ""
    nav = (NavEntry(_("Work that waits"), "pages:desk", "inbox", tuple(sorted(STAFF_ROLES)), order=0),)
