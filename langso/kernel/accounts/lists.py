"""The operator's lists."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter
from django_filters.filterset import FilterSet

from langso.kernel import clock
from langso.kernel.accounts.models import Account, ApiToken
from langso.kernel.errors import Text
from langso.kernel.listing import Column, Listing
from langso.kernel.phones import phone_on_screen


def _page_of(account_id: object) -> str:
    return reverse("accounts:one-account", args=[account_id])


class AccountFilter(FilterSet):
    way = ChoiceFilter(
        label=_("Signs in with"),
        empty_label=_("All"),
        choices=(("PHONE", _("phone")), ("PASSWORD", _("password"))),
        method="by_way",
    )
    state = ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        field_name="is_active",
        choices=(("True", _("can sign in")), ("False", _("locked"))),
    )

    class Meta:
        model = Account
        fields = ("way", "state")

    def by_way(self, rows: QuerySet[Account], _field: str, chosen: str) -> QuerySet[Account]:
        return rows.filter(username__isnull=chosen == "PHONE")


class AccountList(Listing[Account]):
    title = _("Accounts")
    columns = (
        Column("name", _("Name"), value=str, sort="sort_name", url=lambda row: _page_of(row.pk)),
        Column("username", _("User name"), value=lambda row: row.username or "", sort="username"),
        Column("phone", _("Phone"), value=lambda row: phone_on_screen(row.phone or "")),
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
        Column("account", _("Acts as"), value=lambda row: str(row.account), sort="account__sort_name"),
        Column("role", _("Only as"), value=lambda row: row.role_name, sort="role"),
        Column("created", _("Issued"), value=lambda row: clock.local_date(row.created_at), sort="created_at"),
        Column("expires", _("Until"), value=lambda row: clock.local_date(row.expires_at), sort="expires_at"),
        Column("used", _("Last used"), value=lambda row: row.used_at, sort="used_at"),
        Column("state", _("State"), value=lambda row: _state(row)[0], level=lambda row: _state(row)[1]),
    )
    search_fields = ("account__folded",)
    default_sort = "-created"
    empty = _("No program has a key.")
