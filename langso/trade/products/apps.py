from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry

MAKERS = (Role.COOPERATIVE_MANAGER, Role.INSPECTOR, Role.OFFICER, Role.HELPER)

READERS = (*MAKERS, Role.PROVINCE_OFFICER)


class ProductsConfig(DomainConfig):
    name = "langso.trade.products"
    label = "products"
    uses = ("organisations", "people")
    nav = (
        NavEntry(
            _("Standards of the province"),
            "products:standards",
            "badge-check",
            (*MAKERS, Role.PROVINCE_OFFICER),
            order=43,
        ),
        NavEntry(_("Products"), "products:desk", "tag", MAKERS, order=40),
        NavEntry(_("My products"), "products:desk", "store", (Role.RESIDENT,), place="home", order=60),
    )
