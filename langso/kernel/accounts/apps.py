from django.utils.translation import gettext_lazy as _

from langso.kernel.domain import DomainConfig


class AccountsConfig(DomainConfig):
    name = "langso.kernel.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    mount = ""
