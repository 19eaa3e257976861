"""The lists of the desk: units of Viet Nam, villages of the commune."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter, DateFilter
from django_filters.filterset import FilterSet

from langso.community.places.models import AdminUnit, Kind, Level, UnitChange, Village, VillageKind
from langso.community.places.queries import provinces
from langso.kernel import clock
from langso.kernel.listing import Column, Listing, address_of


def province_choices() -> list[tuple[str, str]]:
    return [(card.code, card.name) for card in provinces()]


class UnitFilter(FilterSet):
    """Units that exist today, or on the chosen day."""

    level = ChoiceFilter(label=_("Tier"), empty_label=_("All"), choices=Level.choices)
    kind = ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=Kind.choices)
    province_code = ChoiceFilter(label=_("Province"), empty_label=_("All"), choices=province_choices)
    on = DateFilter(
        label=_("On the day"), method="by_day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def by_day(self, rows: QuerySet[AdminUnit], name: str, day: date) -> QuerySet[AdminUnit]:
        return rows

    def filter_queryset(self, queryset: QuerySet[AdminUnit]) -> QuerySet[AdminUnit]:
        rows: QuerySet[AdminUnit] = super().filter_queryset(queryset)
        day = self.form.cleaned_data.get("on") or clock.today()
        return AdminUnit.objects.on(day).with_province(day).filter(pk__in=rows.values("pk"))


def unit_address(unit: AdminUnit) -> str:
    """The page of a unit: its code and its first day."""
    return reverse("places:unit", args=[unit.code, unit.valid_from])


class UnitList(Listing[AdminUnit]):
    title = _("Administrative units")
    columns = (
        Column("code", _("Code"), value=lambda unit: unit.code, sort="code"),
        Column("name", _("Name"), value=lambda unit: unit.full_name, sort="folded", url=unit_address),
        Column("province", _("Province"), value=lambda unit: unit.province_name or ""),
        Column("level", _("Tier"), value=lambda unit: Level(unit.level).label, sort="level"),
        Column("from", _("Since"), value=lambda unit: unit.valid_from, sort="valid_from"),
        Column("to", _("Until before"), value=lambda unit: unit.valid_to),
    )
    filterset = UnitFilter
    search_fields = ("folded", "code")
    default_sort = "code"
    empty = _("No unit is known for that day.")
    page_size = 100


class VillageFilter(FilterSet):
    kind = ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=VillageKind.choices)
    merged = ChoiceFilter(
        label=_("State"),
        empty_label=_("Existing today"),
        choices=[("yes", _("Merged into another"))],
        method="by_merged",
    )

    def by_merged(self, rows: QuerySet[Village], name: str, value: str) -> QuerySet[Village]:
        return rows

    def filter_queryset(self, queryset: QuerySet[Village]) -> QuerySet[Village]:
        rows: QuerySet[Village] = super().filter_queryset(queryset)
        return rows.filter(is_merged=bool(self.form.cleaned_data.get("merged")))


class VillageList(Listing[Village]):
    title = _("Villages")
    columns = (
        Column(
            "name",
            _("Name"),
            value=lambda village: village.name,
            sort="sort_name",
            url=lambda village: address_of("places:village", village.pk),
        ),
        Column("kind", _("Kind"), value=lambda village: VillageKind(village.kind).label, sort="kind"),
        Column("order", _("Place in the list"), value=lambda village: village.order, sort="order"),
        Column("note", _("Note on its people"), value=lambda village: village.population_note),
    )
    filterset = VillageFilter
    search_fields = ("folded_name",)
    default_sort = "order"
    empty = _("No village was entered yet.")


def unit_rows() -> QuerySet[AdminUnit]:
    return AdminUnit.objects.with_province()


def village_rows() -> QuerySet[Any]:
    return Village.objects.all()


class ChangeFilter(FilterSet):
    state = ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        choices=[("RECORDED", _("recorded")), ("WITHDRAWN", _("taken back"))],
        method="by_state",
    )

    def by_state(self, rows: QuerySet[UnitChange], name: str, state: str) -> QuerySet[UnitChange]:
        return rows.filter(withdrawn_at__isnull=state == "RECORDED")


class ChangeList(Listing[UnitChange]):
    title = _("Changes of communes")
    columns = (
        Column(
            "law",
            _("Resolution"),
            value=lambda change: change.legal_basis,
            sort="legal_basis",
            url=lambda change: address_of("places:change", change.pk),
        ),
        Column("from", _("In effect from"), value=lambda change: change.from_date, sort="from_date"),
        Column("ended", _("Communes that end"), value=lambda change: len(change.facts["ended"])),
        Column("begun", _("Communes that begin"), value=lambda change: len(change.facts["begun"])),
        Column("recorded", _("Recorded"), value=lambda change: change.recorded_at, sort="recorded_at"),
        Column(
            "state",
            _("State"),
            value=lambda change: _("taken back") if change.withdrawn_at else _("recorded"),
            level=lambda change: "plain" if change.withdrawn_at else "ok",
        ),
    )
    filterset = ChangeFilter
    search_fields = ("folded",)
    default_sort = "-from"
    empty = _("The province has recorded no change since 1 July 2025.")
