"""The desk's lists: plots and seasons of a cooperative's members, or of the commune for its officers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from django_filters.filterset import FilterSet

from langso.community.people import queries as people
from langso.community.people.queries import HouseholdCard
from langso.farm.plots.models import Plot, PlotKind, Season, Standard
from langso.farm.plots.rules import plain
from langso.kernel.errors import Text
from langso.kernel.listing import Column, Listing, address_of


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A plot as a line: whose it is, where, how large, and how many crops stand on it."""

    id: UUID
    name: str
    household: str
    village: str
    kind: Text
    area_m2: Decimal
    use: str
    running: int


@dataclass(frozen=True, slots=True)
class SeasonRow:
    id: UUID
    product: str
    plot: str
    household: str
    village: str
    area_m2: Decimal
    standard: Text
    start_date: date
    expected_date: date | None
    expected_kg: Decimal | None
    closed_date: date | None


class PlotFilter(FilterSet):
    kind = ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=PlotKind.choices)


class PlotList(Listing[Plot]):
    """Plots with their household's name and code."""

    title = _("Plots")
    columns: ClassVar[Sequence[Column[Any]]] = (
        Column(
            "name",
            _("Plot"),
            value=lambda plot: plot.name,
            sort="name",
            url=lambda plot: address_of("plots:plot", plot.id),
        ),
        Column("household", _("Household"), value=lambda plot: plot.household),
        Column("village", _("Village"), value=lambda plot: plot.village),
        Column("kind", _("Kind"), value=lambda plot: plot.kind, sort="kind"),
        Column("area", _("Area (m²)"), value=lambda plot: plain(plot.area_m2), sort="area_m2"),
        Column("use", _("Used for"), value=lambda plot: plot.use),
        Column("running", _("Growing now"), value=lambda plot: plot.running, sort="running"),
    )
    filterset = PlotFilter
    search_fields = ("folded",)
    default_sort = "name"
    empty = _("No plot is on record yet. Households add them on their phones, or a helper does it with them.")

    def presented(self, rows: Sequence[Plot]) -> Sequence[PlotRow]:
        homes = people.households_brief({plot.household_id for plot in rows})
        return [
            PlotRow(
                id=plot.pk,
                name=plot.name,
                household=household_name(homes.get(plot.household_id)),
                village=village_of(homes.get(plot.household_id)),
                kind=PlotKind(plot.kind).label,
                area_m2=plot.area_m2,
                use=plot.use,
                running=plot.running,  # type: ignore[attr-defined]  # annotated by `rows_of_plots`
            )
            for plot in rows
        ]


class SeasonFilter(FilterSet):
    """Without a chosen state, the seasons that run."""

    standard = ChoiceFilter(label=_("Standard"), empty_label=_("All"), choices=Standard.choices)
    state = ChoiceFilter(
        label=_("State"),
        empty_label=_("Running now"),
        choices=[("CLOSED", _("Closed seasons")), ("ALL", _("All"))],
        method="by_state",
    )

    def by_state(self, rows: QuerySet[Season], name: str, state: str) -> QuerySet[Season]:
        return rows.filter(closed_date__isnull=False) if state == "CLOSED" else rows

    def filter_queryset(self, queryset: QuerySet[Season]) -> QuerySet[Season]:
        rows: QuerySet[Season] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.filter(closed_date__isnull=True)


class SeasonList(Listing[Season]):
    """Seasons with plot and household; what is expected when stands beside."""

    title = _("Seasons")
    columns: ClassVar[Sequence[Column[Any]]] = (
        Column(
            "product",
            _("Product"),
            value=lambda season: season.product,
            sort="product_name",
            url=lambda season: address_of("diary:season", season.id),
        ),
        Column("plot", _("Plot"), value=lambda season: season.plot, sort="plot__name"),
        Column("household", _("Household"), value=lambda season: season.household),
        Column("village", _("Village"), value=lambda season: season.village),
        Column("area", _("Area (m²)"), value=lambda season: plain(season.area_m2), sort="plot__area_m2"),
        Column("standard", _("Standard"), value=lambda season: season.standard, sort="standard"),
        Column("start", _("Started on"), value=lambda season: season.start_date, sort="start_date"),
        Column(
            "expected_date",
            _("Harvest from about"),
            value=lambda season: season.expected_date,
            sort="expected_harvest_date",
        ),
        Column("expected_kg", _("Expected (kg)"), value=lambda season: season.expected_kg, sort="expected_kg"),
        Column("closed", _("Closed on"), value=lambda season: season.closed_date, sort="closed_date"),
    )
    filterset = SeasonFilter
    search_fields = ("folded", "plot__folded")
    default_sort = "-start"
    empty = _("No season is on record yet.")

    def presented(self, rows: Sequence[Season]) -> Sequence[SeasonRow]:
        homes = people.households_brief({season.plot.household_id for season in rows})
        return [_season_row(season, homes.get(season.plot.household_id)) for season in rows]


def rows_of_plots(plots: QuerySet[Plot]) -> QuerySet[Plot]:
    """Plots that are still worked, with the number of their running seasons as `running`."""
    running = Count("seasons", filter=Q(seasons__closed_date__isnull=True))
    return plots.filter(retired_at__isnull=True).annotate(running=running)


def household_name(home: HouseholdCard | None) -> str:
    """The head's name and the household's code."""
    return ", ".join(part for part in (home.head, home.code) if part) if home else ""


def village_of(home: HouseholdCard | None) -> str:
    return home.village if home else ""


def _season_row(season: Season, home: HouseholdCard | None) -> SeasonRow:
    return SeasonRow(
        id=season.pk,
        product=season.product_name,
        plot=season.plot.name,
        household=household_name(home),
        village=village_of(home),
        area_m2=season.plot.area_m2,
        standard=Standard(season.standard).label,
        start_date=season.start_date,
        expected_date=season.expected_harvest_date,
        expected_kg=plain(season.expected_kg) if season.expected_kg is not None else None,
        closed_date=season.closed_date,
    )
