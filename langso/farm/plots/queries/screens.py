"""What this domain's own pages show; here permission is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from langso.community.people import queries as people
from langso.community.places import queries as places
from langso.farm.plots import access
from langso.farm.plots.models import Plot, PlotKind, PlotQuerySet, Season, SeasonQuerySet
from langso.farm.plots.queries.cards import PlotCard, SeasonCard, card_of_plot, card_of_season
from langso.farm.plots.rules import sao_m2
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import open_commune
from langso.kernel.errors import DomainError, NotHere
from langso.kernel.text import fold


class NoHousehold(DomainError):
    """The actor is signed in, but the register knows no household of theirs."""

    code = "no_household"
    message = _("You are not in a household of the register yet. Ask your commune office or your village's helper.")


@dataclass(frozen=True, slots=True)
class LandPage:
    """A household's land: its plots by name, each with its running seasons."""

    household_id: UUID
    plots: tuple[tuple[PlotCard, tuple[SeasonCard, ...]], ...]


@dataclass(frozen=True, slots=True)
class PlotPage:
    """A plot, its seasons, and for its place the outline of plot and commune (empty when it is not needed or known)."""

    plot: PlotCard
    village: str
    outline: dict[str, Any] | None
    commune: Sequence[Sequence[Sequence[Sequence[float]]]]
    running: tuple[SeasonCard, ...]
    closed: tuple[SeasonCard, ...]
    can_change: bool


@dataclass(frozen=True, slots=True)
class SeasonPage:
    season: SeasonCard
    can_change: bool


def my_household(actor: Actor) -> UUID:
    """The household whose land the actor keeps. Raises `SignInNeeded`, `NoHousehold`."""
    require(actor.signed_in, actor)
    household_id = access.own_household(actor)
    if household_id is None:
        raise NoHousehold()
    return household_id


def my_land(actor: Actor) -> LandPage:
    """The plots and running seasons of the actor's household, in two queries."""
    household_id = my_household(actor)
    plots = Plot.objects.kept().of_household(household_id).order_by("name")
    running: dict[UUID, list[SeasonCard]] = {}
    for season in Season.objects.running().of_household(household_id).select_related("plot").order_by("start_date"):
        running.setdefault(season.plot_id, []).append(card_of_season(season))
    rows = tuple((card_of_plot(plot), tuple(running.get(plot.id, ()))) for plot in plots)
    return LandPage(household_id, rows)


def plot_page(actor: Actor, *, plot_id: UUID) -> PlotPage:
    """A plot with its seasons. Cooperative staff see only the seasons that are grown for them. Raises `NotHere`."""
    plot = Plot.objects.filter(pk=plot_id).first()
    if plot is None:
        raise NotHere()
    require(access.can_see_plot(actor, plot), actor)
    seasons = plot.seasons.select_related("plot").order_by("-start_date", "-id")
    cards = [card_of_season(season) for season in seasons if access.can_see_season(actor, season)]
    return PlotPage(
        plot=card_of_plot(plot),
        village=village_name(plot.village_id),
        outline=plot.outline,
        commune=_commune_outline() if plot.latitude is not None and plot.outline is None else (),
        running=tuple(card for card in cards if card.running),
        closed=tuple(card for card in cards if not card.running),
        can_change=access.can_change_household_land(actor, plot.household_id),
    )


def season_page(actor: Actor, *, season_id: UUID) -> SeasonPage:
    """One season. Raises `NotHere`."""
    season = Season.objects.select_related("plot").filter(pk=season_id).first()
    if season is None:
        raise NotHere()
    require(access.can_see_season(actor, season), actor)
    return SeasonPage(card_of_season(season), access.can_change_household_land(actor, season.plot.household_id))


def plots_at_desk(actor: Actor) -> PlotQuerySet:
    """The rows of the desk's list of plots. Raises `NotAllowed`, `SignInNeeded`."""
    require(access.can_list_members_land(actor), actor)
    return Plot.objects.all().visible_to(actor)


def seasons_at_desk(actor: Actor) -> SeasonQuerySet:
    """The rows of the desk's list of seasons, with their plots. Raises `NotAllowed`, `SignInNeeded`."""
    require(access.can_list_members_land(actor), actor)
    return Season.objects.select_related("plot").visible_to(actor)


def sao_here() -> int:
    """Square metres of a sào in the open commune."""
    code = open_commune()
    try:
        province = places.commune_card(code).province_code
    except NotHere:
        province = ""
    return sao_m2(code, province)


def _commune_outline() -> Sequence[Sequence[Sequence[Sequence[float]]]]:
    """The open commune's outline as a MultiPolygon's coordinates; empty when no boundaries were imported."""
    code = open_commune()
    try:
        province = places.commune_card(code).province_code
    except NotHere:
        return ()
    shapes = places.commune_shapes(province_code=province)
    return next((shape.polygons for shape in shapes if shape.code == code), ())


def village_name(village_id: UUID | None) -> str:
    """The village's name, empty when it is unknown."""
    if village_id is None:
        return ""
    try:
        return places.village_card(village_id).name
    except NotHere:
        return ""


def home_village(household_id: UUID) -> str:
    """The id of the village in which the household lives, as a form's choice; empty when it is unknown."""
    home = people.households_brief([household_id]).get(household_id)
    return str(home.village_id) if home else ""


def free_name(household_id: UUID, kind: str) -> str:
    """A name for a plot whose household typed none: its kind and the next free number."""
    label = str(PlotKind(kind).label)
    taken = {fold(name) for name in Plot.objects.kept().of_household(household_id).values_list("name", flat=True)}
    number = 1
    while fold(f"{label} {number}") in taken:
        number += 1
    return f"{label} {number}"


def usual_products(household_id: UUID, most: int = 5) -> list[str]:
    """Names to pick from: what this household grew before, then what at least three households here grow."""
    own = Season.objects.of_household(household_id).order_by("-start_date").values_list("product_name", flat=True)
    common = (
        Season.objects.values("product_name")
        .annotate(households=Count("plot__household_id", distinct=True))
        .filter(Q(households__gte=3))
        .order_by("-households", "product_name")
        .values_list("product_name", flat=True)
    )
    return list(dict.fromkeys([*own[:most], *common[:most]]))[:most]
