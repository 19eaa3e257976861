"""The lists of the desk: organisations of the commune, members of one."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter
from django_filters.filterset import FilterSet

from langso.community.organisations.models import Member, Organisation, OrganisationKind
from langso.community.organisations.queries.organisations import organisation_here
from langso.community.organisations.texts import ROLE_NAMES, role_name
from langso.community.places.queries import village_choices
from langso.kernel import clock
from langso.kernel.access.scope import every_commune
from langso.kernel.listing import Column, Listing, address_of
from langso.kernel.phones import phone_on_screen


class OrganisationFilter(FilterSet):
    """Without a chosen state, those that exist today."""

    kind = ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=OrganisationKind.choices)
    village = ChoiceFilter(label=_("Village"), empty_label=_("All"), choices=village_choices)
    state = ChoiceFilter(
        label=_("State"), empty_label=_("Active"), choices=[("closed", _("Closed down"))], method="by_state"
    )

    def by_state(self, rows: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        return rows

    def filter_queryset(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        rows: QuerySet[Organisation] = super().filter_queryset(queryset)
        closed = Q(closed_date__lte=clock.today())
        return rows.filter(closed) if self.form.cleaned_data.get("state") else rows.exclude(closed)


class OrganisationList(Listing[Organisation]):
    title = _("Organisations")
    columns = (
        Column(
            "name",
            _("Name"),
            value=lambda organisation: organisation.name,
            sort="sort_name",
            url=lambda organisation: address_of("organisations:organisation", organisation.pk),
        ),
        Column("kind", _("Kind"), value=lambda organisation: OrganisationKind(organisation.kind).label, sort="kind"),
        Column("village", _("Village"), value=lambda organisation: organisation.village and organisation.village.name),
        Column("members", _("Members"), value=lambda organisation: organisation.member_count),
        Column("phone", _("Phone"), value=lambda organisation: phone_on_screen(organisation.phone)),
        Column("tax_code", _("Tax code"), value=lambda organisation: organisation.tax_code),
    )
    filterset = OrganisationFilter
    search_fields = ("folded_name", "tax_code")
    default_sort = "name"
    empty = _("No organisation was entered yet.")


class MemberFilter(FilterSet):
    """Without a chosen state, what holds today."""

    role = ChoiceFilter(
        label=_("Role"),
        empty_label=_("All"),
        choices=[(role or "MEMBER", name) for role, name in ROLE_NAMES.items()],
        method="by_role",
    )
    state = ChoiceFilter(
        label=_("State"),
        empty_label=_("Today"),
        choices=[("later", _("To come")), ("ended", _("Ended"))],
        method="by_state",
    )

    def by_role(self, rows: QuerySet[Member], name: str, value: str) -> QuerySet[Member]:
        return rows.filter(role="" if value == "MEMBER" else value)

    def by_state(self, rows: QuerySet[Member], name: str, value: str) -> QuerySet[Member]:
        return rows

    def filter_queryset(self, queryset: QuerySet[Member]) -> QuerySet[Member]:
        rows: QuerySet[Member] = super().filter_queryset(queryset)
        state, today = self.form.cleaned_data.get("state"), clock.today()
        if state == "ended":
            return rows.filter(end_date__lte=today)
        if state == "later":
            return rows.filter(start_date__gt=today)
        return rows.filter(Q(end_date__isnull=True) | Q(end_date__gt=today), start_date__lte=today)


class MemberList(Listing[Member]):
    title = _("Members")
    columns = (
        Column(
            "name",
            _("Name"),
            value=lambda member: member.person.name if member.person else member.account_name or "",
            sort="person__sort_name",
            url=lambda member: address_of("organisations:member", member.pk),
        ),
        Column("role", _("Role"), value=lambda member: role_name(member.role), sort="role"),
        Column("standing", _("Kind of account"), value=lambda member: member.get_standing_display(), sort="standing"),
        Column("from", _("Since"), value=lambda member: member.start_date, sort="start_date"),
        Column("to", _("Until before"), value=lambda member: member.end_date, sort="end_date"),
    )
    filterset = MemberFilter
    search_fields = ("person__folded_name",)
    default_sort = "name"
    empty = _("Nobody belongs to this organisation yet.")


def organisation_rows() -> QuerySet[Organisation]:
    today = clock.today()
    current = Member.objects.on(today).filter(organisation=OuterRef("pk")).order_by().values("organisation")
    somebody = current.annotate(number=Count("person", distinct=True) + Count("account_id", distinct=True))
    return Organisation.objects.select_related("village").annotate(member_count=Subquery(somebody.values("number")))


def member_rows(organisation_id: UUID) -> QuerySet[Any]:
    organisation = organisation_here(organisation_id)
    account = get_user_model().objects.filter(pk=OuterRef("account_id"))
    with every_commune("an office of the province belongs to no commune"):
        rows = Member.objects.filter(organisation=organisation, commune=organisation.commune)
    return rows.select_related("person").annotate(account_name=Subquery(account.values("name")[:1]))
