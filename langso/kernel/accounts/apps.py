from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class AccountsConfig(DomainConfig):
    name = "langso.kernel.accounts"
    label = "accounts"
    mount = ""
    nav = (
        NavEntry(_("Help a resident"), "accounts:assist-start", "hand-helping", (Role.HELPER, Role.OFFICER), order=5),
        NavEntry(_("Accounts"), "accounts:accounts", "users", (Role.OPERATOR,), order=90),
        NavEntry(_("Keys of programs"), "accounts:tokens", "key-round", (Role.OPERATOR,), order=91),
        NavEntry(_("My account"), "accounts:account", "user", (Role.RESIDENT,), place="home", order=90),
    )
