from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry

KEEPERS = (Role.COOPERATIVE_MANAGER, Role.INSPECTOR, Role.OFFICER, Role.HELPER)
SETTLERS = (Role.COOPERATIVE_MANAGER, Role.OFFICER)


class TraceConfig(DomainConfig):
    name = "langso.trade.trace"
    label = "trace"
    uses = ("diary", "organisations", "people", "places", "plots", "products")
    mount = ""
    nav = (
        NavEntry(_("Lots of the communes"), "trace:copies", "qr-code", (Role.PROVINCE_OFFICER,), order=41),
        NavEntry(_("Lots"), "trace:lots", "qr-code", KEEPERS, order=41),
        NavEntry(_("Read a label"), "trace:lookup", "qr-code", (Role.RESIDENT,), place="home", order=60),
        NavEntry(_("Reports of false labels"), "trace:suspicions", "triangle-alert", SETTLERS, order=42),
    )
