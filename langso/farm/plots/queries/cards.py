"""Reads for other domains and for this domain's screens. Values cross, rows never."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from langso.community.organisations import queries as organisations
from langso.community.people import queries as people
from langso.farm.plots.models import Plot, Season
from langso.kernel.errors import NotHere


@dataclass(frozen=True, slots=True)
class PlotCard:
    """A plot. Area in m²; latitude and longitude in degrees, WGS 84, or both None."""

    id: UUID
    household_id: UUID
    village_id: UUID | None
    name: str
    kind: str
    area_m2: Decimal
    area_unit: str
    use: str
    latitude: Decimal | None
    longitude: Decimal | None
    retired: bool


@dataclass(frozen=True, slots=True)
class SeasonCard:
    """A season with its plot. `standard`: NONE, VIETGAP, ORGANIC; `closed_date` is None while it runs."""

    id: UUID
    plot: PlotCard
    product_name: str
    product_id: UUID | None
    organisation_id: UUID | None
    standard: str
    start_date: date
    expected_harvest_date: date | None
    expected_kg: Decimal | None
    closed_date: date | None

    @property
    def household_id(self) -> UUID:
        return self.plot.household_id

    @property
    def running(self) -> bool:
        return self.closed_date is None


def plot_card(*, plot_id: UUID) -> PlotCard:
    """One plot of the open commune. Raises `NotHere`."""
    plot = Plot.objects.filter(pk=plot_id).first()
    if plot is None:
        raise NotHere()
    return card_of_plot(plot)


def plots_of_household(*, household_id: UUID, with_retired: bool = False) -> list[PlotCard]:
    """The household's plots by name."""
    plots = Plot.objects.all().of_household(household_id).order_by("name")
    return [card_of_plot(plot) for plot in (plots if with_retired else plots.kept())]


def season_card(*, season_id: UUID) -> SeasonCard:
    """One season of the open commune. Raises `NotHere`."""
    season = Season.objects.select_related("plot").filter(pk=season_id).first()
    if season is None:
        raise NotHere()
    return card_of_season(season)


def season_cards(*, season_ids: Iterable[UUID]) -> dict[UUID, SeasonCard]:
    """Those of these seasons that exist in the open commune, by id, in one query."""
    seasons = Season.objects.select_related("plot").filter(pk__in=set(season_ids))
    return {season.id: card_of_season(season) for season in seasons}


def seasons_of_household(*, household_id: UUID, running_only: bool = False) -> list[SeasonCard]:
    """The household's seasons, newest first."""
    seasons = Season.objects.select_related("plot").of_household(household_id).order_by("-start_date", "-id")
    return [card_of_season(season) for season in (seasons.running() if running_only else seasons)]


def seasons_of_organisation(*, organisation_id: UUID, running_only: bool = False) -> list[SeasonCard]:
    """The seasons grown for a cooperative, newest first."""
    seasons = (
        Season.objects.select_related("plot").filter(organisation_id=organisation_id).order_by("-start_date", "-id")
    )
    return [card_of_season(season) for season in (seasons.running() if running_only else seasons)]


def season_homes_of_organisations(organisation_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The seasons grown for these cooperatives, running or closed: the household's id by the season's."""
    seasons = Season.objects.filter(organisation_id__in=set(organisation_ids))
    return dict(seasons.values_list("pk", "plot__household_id"))


def households_with_cooperative(*, household_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these households that grow or grew something for a cooperative."""
    seasons = Season.objects.filter(plot__household_id__in=set(household_ids), organisation_id__isnull=False)
    return frozenset(seasons.values_list("plot__household_id", flat=True))


def household_cooperatives(household_id: UUID) -> dict[UUID, str]:
    """The cooperatives in which somebody of the household is a member today: name by id."""
    members = people.household_members(household_id)
    found = {cooperative for member in members for cooperative in organisations.cooperatives_of(member.id)}
    return {each: organisations.organisation_card(organisation_id=each).name for each in sorted(found)}


def card_of_plot(plot: Plot) -> PlotCard:
    return PlotCard(
        id=plot.id,
        household_id=plot.household_id,
        village_id=plot.village_id,
        name=plot.name,
        kind=plot.kind,
        area_m2=plot.area_m2,
        area_unit=plot.area_unit,
        use=plot.use,
        latitude=plot.latitude,
        longitude=plot.longitude,
        retired=plot.retired_at is not None,
    )


def card_of_season(season: Season) -> SeasonCard:
    return SeasonCard(
        id=season.id,
        plot=card_of_plot(season.plot),
        product_name=season.product_name,
        product_id=season.product_id,
        organisation_id=season.organisation_id,
        standard=season.standard,
        start_date=season.start_date,
        expected_harvest_date=season.expected_harvest_date,
        expected_kg=season.expected_kg,
        closed_date=season.closed_date,
    )
