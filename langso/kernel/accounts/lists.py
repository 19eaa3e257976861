"""The operator's lists."""

import django_filters
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.accounts.models import Account, ApiToken
from langso.kernel.errors import Text
from langso.kernel.listing import Column, Listing
from langso.kernel.phones import phone_on_screen


def _page_of(account_id: object) -> str:
    return reverse("accounts:one-account", args=[account_id])


class AccountFilter(django_filters.FilterSet):
    username = django_filters.BooleanFilter(label=_("With a password"), lookup_expr="isnull", exclude=True)
    is_active = django_filters.BooleanFilter(label=_("Can sign in"))

    class Meta:
        model = Account
        fields = ("username", "is_active")


class AccountList(Listing[Account]):
    title = _("Accounts")
    columns = (
        Column("name", _("Name"), value=str, sort="name", url=lambda row: _page_of(row.pk)),
        Column("username", _("User name"), value=lambda row: row.username or "", sort="username"),
        Column("phone", _("Phone"), value=lambda row: phone_on_screen(row.phone or ""), sort="phone"),
        Column("last", _("Last sign-in"), value=lambda row: row.last_login, sort="last_login"),
        Column(
            "state",
            _("State"),
            value=lambda row: _now("can sign in") if row.is_active else _now("locked"),
            level=lambda row: "ok" if row.is_active else "danger",
        ),
    )
    filterset = AccountFilter
    search_fields = ("folded",)
    default_sort = "name"
    empty = _("Nobody has an account yet.")


def _state(token: ApiToken) -> tuple[Text, str]:
    if token.revoked_at:
        return _("revoked"), "plain"
    if token.expires_at <= clock.now():
        return _("expired"), "plain"
    return _("in force"), "ok"


class TokenList(Listing[ApiToken]):
    title = _("Keys of programs")
    columns = (
        Column("label", _("For"), value=lambda row: row.label, sort="label", url=lambda row: _page_of(row.account_id)),
        Column("account", _("Acts as"), value=lambda row: str(row.account), sort="account__name"),
        Column("role", _("Only as"), value=lambda row: row.role_name, sort="role"),
        Column("created", _("Issued"), value=lambda row: row.created_at, sort="created_at"),
        Column("expires", _("Until"), value=lambda row: row.expires_at, sort="expires_at"),
        Column("used", _("Last used"), value=lambda row: row.used_at, sort="used_at"),
        Column("state", _("State"), value=lambda row: _state(row)[0], level=lambda row: _state(row)[1]),
    )
    search_fields = ("account__folded",)
    default_sort = "-created"
    empty = _("No program has a key.")
