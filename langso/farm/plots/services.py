"""Writes: plots registered, changed and given up; seasons started, changed, closed and reopened."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.community.places import queries as places
from langso.farm.plots import access
from langso.farm.plots.events import (
    PlotChanged,
    PlotRegistered,
    PlotRetired,
    PlotState,
    SeasonChanged,
    SeasonClosed,
    SeasonReopened,
    SeasonStarted,
    SeasonState,
)
from langso.farm.plots.models import Plot, PlotKind, Season, Standard, Unit
from langso.farm.plots.queries import household_cooperatives
from langso.farm.plots.rules import LARGEST_M2, Point, inside_viet_nam, outline_fault
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid, NotHere, Text
from langso.kernel.ids import new_id
from langso.kernel.journal.services import emit, service
from langso.kernel.text import fold, nfc

FIRST_DAY = date(2000, 1, 1)
"""Earlier starts are slips of the finger."""


class PlotIsInvalid(Invalid):
    code = "plot_is_invalid"
    message = _("Please check the plot: something is missing or cannot be right.")


class SeasonIsInvalid(Invalid):
    code = "season_is_invalid"
    message = _("Please check the season: something is missing or cannot be right.")


class PlotHasRunningSeason(DomainError):
    code = "plot_has_running_season"
    message = _("Something is still growing here. Close its season first.")


class PlotIsRetired(DomainError):
    code = "plot_is_retired"
    message = _("This plot is no longer worked.")


class SeasonIsClosed(DomainError):
    code = "season_is_closed"
    message = _("This season is closed.")


class SeasonIsRunning(DomainError):
    code = "season_is_running"
    message = _("This season is not closed.")


class FormUsedElsewhere(DomainError):
    """A client id that another household has already used: never a repeat of this one's form."""

    code = "form_used_elsewhere"
    message = _("This form was already sent by somebody else. Please open it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotDetails:
    """What a household says of a plot. Area in m²; `area_unit` is how it says it; point and outline in WGS 84."""

    name: str
    kind: str
    area_m2: Decimal
    area_unit: str = Unit.M2
    use: str = ""
    village_id: UUID | None = None
    point: Point | None = None
    outline: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonDetails:
    """What a household says of a season. `standard`: NONE, VIETGAP, ORGANIC; quantities in kg."""

    product_name: str
    start_date: date
    product_id: UUID | None = None
    organisation_id: UUID | None = None
    standard: str = Standard.NONE
    expected_harvest_date: date | None = None
    expected_kg: Decimal | None = None


@service
def register_plot(actor: Actor, *, household_id: UUID, details: PlotDetails, client_id: UUID | None = None) -> UUID:
    """Register a plot of a household and return its id; a repeated `client_id` returns the first one's.

    Raises `PlotIsInvalid`, `FormUsedElsewhere`.
    """
    require(access.can_change_household_land(actor, household_id), actor)
    key = client_id or new_id()
    known = Plot.objects.filter(client_id=key).first()
    if known is not None:
        return _same_household(known.household_id, household_id, known.id)
    _check_plot(household_id, details)
    plot = Plot(id=new_id(), client_id=key, household_id=household_id, registered_at=clock.now())
    _fill_plot(plot, details)
    plot.save(force_insert=True)
    emit(actor, PlotRegistered(plot=_state_of_plot(plot)))
    return plot.id


@service
def change_plot(actor: Actor, *, plot_id: UUID, details: PlotDetails) -> None:
    """Replace what is known of a plot. Raises `PlotIsInvalid`, `PlotIsRetired`."""
    plot = _own_plot(actor, plot_id)
    if plot.retired_at is not None:
        raise PlotIsRetired()
    _check_plot(plot.household_id, details, besides=plot)
    _fill_plot(plot, details)
    plot.save(force_update=True)
    emit(actor, PlotChanged(plot=_state_of_plot(plot)))


@service
def retire_plot(actor: Actor, *, plot_id: UUID) -> None:
    """The household no longer works this plot; its past stays. Raises `PlotHasRunningSeason`, `PlotIsRetired`."""
    plot = _own_plot(actor, plot_id)
    if plot.seasons.filter(closed_date__isnull=True).exists():
        raise PlotHasRunningSeason()
    if not Plot.objects.filter(pk=plot.pk, retired_at__isnull=True).update(retired_at=clock.now()):
        raise PlotIsRetired()
    emit(actor, PlotRetired(plot=_state_of_plot(plot)))


@service
def start_season(actor: Actor, *, plot_id: UUID, details: SeasonDetails, client_id: UUID | None = None) -> UUID:
    """Start a crop or a stocking on a plot and return the season's id; a repeated `client_id` returns the first one's.

    Raises `SeasonIsInvalid`, `PlotIsRetired`, `FormUsedElsewhere`.
    """
    plot = _own_plot(actor, plot_id)
    key = client_id or new_id()
    known = Season.objects.select_related("plot").filter(client_id=key).first()
    if known is not None:
        return _same_household(known.plot.household_id, plot.household_id, known.id)
    if plot.retired_at is not None:
        raise PlotIsRetired()
    _check_season(actor, plot.household_id, details)
    season = Season(id=new_id(), client_id=key, plot=plot, started_at=clock.now())
    _fill_season(season, details)
    season.save(force_insert=True)
    emit(actor, SeasonStarted(season=_state_of_season(season)))
    return season.id


@service
def change_season(actor: Actor, *, season_id: UUID, details: SeasonDetails) -> None:
    """Replace what is known of a running season. Raises `SeasonIsInvalid`, `SeasonIsClosed`."""
    season = _own_season(actor, season_id)
    if season.closed_date is not None:
        raise SeasonIsClosed()
    _check_season(actor, season.plot.household_id, details)
    _fill_season(season, details)
    season.save(force_update=True)
    emit(actor, SeasonChanged(season=_state_of_season(season)))


@service
def close_season(actor: Actor, *, season_id: UUID, closed_date: date) -> None:
    """Nothing more is grown in this season. Raises `SeasonIsInvalid` (date), `SeasonIsClosed`."""
    season = _own_season(actor, season_id)
    if not season.start_date <= closed_date <= clock.today():
        raise SeasonIsInvalid(fields={"closed_date": _("Choose a day between the start of the season and today.")})
    claim = Season.objects.filter(pk=season.pk, closed_date__isnull=True)
    if not claim.update(closed_date=closed_date, closed_at=clock.now()):
        raise SeasonIsClosed()
    emit(actor, SeasonClosed(season=_state_of_season(season), closed_date=closed_date))


@service
def reopen_season(actor: Actor, *, season_id: UUID) -> None:
    """The close was a mistake. Raises `SeasonIsRunning`, `PlotIsRetired`."""
    season = _own_season(actor, season_id)
    if season.plot.retired_at is not None:
        raise PlotIsRetired()
    claim = Season.objects.filter(pk=season.pk, closed_date__isnull=False)
    if not claim.update(closed_date=None, closed_at=None):
        raise SeasonIsRunning()
    emit(actor, SeasonReopened(season=_state_of_season(season)))


def _own_plot(actor: Actor, plot_id: UUID) -> Plot:
    """A plot that the actor may change. Raises `NotHere`, `NotAllowed`."""
    plot = Plot.objects.filter(pk=plot_id).first()
    if plot is None:
        raise NotHere()
    require(access.can_change_household_land(actor, plot.household_id), actor)
    return plot


def _own_season(actor: Actor, season_id: UUID) -> Season:
    """A season that the actor may change. Raises `NotHere`, `NotAllowed`."""
    season = Season.objects.select_related("plot").filter(pk=season_id).first()
    if season is None:
        raise NotHere()
    require(access.can_change_household_land(actor, season.plot.household_id), actor)
    return season


def _state_of_plot(plot: Plot) -> PlotState:
    return PlotState(
        plot_id=plot.id,
        household_id=plot.household_id,
        village_id=plot.village_id,
        name=plot.name,
        kind=plot.kind,
        area_m2=plot.area_m2,
        use=plot.use,
        latitude=plot.latitude,
        longitude=plot.longitude,
    )


def _state_of_season(season: Season) -> SeasonState:
    return SeasonState(
        season_id=season.id,
        plot_id=season.plot_id,
        household_id=season.plot.household_id,
        organisation_id=season.organisation_id,
        product_name=season.product_name,
        product_id=season.product_id,
        standard=season.standard,
        area_m2=season.plot.area_m2,
        start_date=season.start_date,
        expected_harvest_date=season.expected_harvest_date,
        expected_kg=season.expected_kg,
    )


def _same_household(first: UUID, now: UUID, result: UUID) -> UUID:
    if first != now:
        raise FormUsedElsewhere()
    return result


def _check_plot(household_id: UUID, details: PlotDetails, besides: Plot | None = None) -> None:
    name = nfc(details.name).strip()
    namesakes = Plot.objects.kept().of_household(household_id).filter(name=name)
    faults = _too_long(name=(name, 80), use=(details.use, 80))
    if not name:
        faults["name"] = _("Give the plot a name, such as “Upper field”.")
    elif any(namesake != besides for namesake in namesakes):
        faults["name"] = _("You already have a plot with this name.")
    if details.kind not in PlotKind.values:
        faults["kind"] = _("Choose what kind of plot it is.")
    if details.area_unit not in Unit.values:
        faults["area_unit"] = _("Choose a unit.")
    if not Decimal("0.01") <= details.area_m2 <= LARGEST_M2:
        faults["area"] = _("This area cannot be right.")
    faults |= _place_faults(details)
    if faults:
        raise PlotIsInvalid(fields=faults)


def _too_long(**texts: tuple[str, int]) -> dict[str, Text]:
    return {name: _("This is too long.") for name, (text, longest) in texts.items() if len(nfc(text)) > longest}


def _place_faults(details: PlotDetails) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if details.village_id and str(details.village_id) not in dict(places.village_choices()):
        faults["village_id"] = _("Choose a village of this commune.")
    if details.point is not None and not inside_viet_nam(details.point):
        faults["latitude"] = _("This place is not in Viet Nam. Are latitude and longitude swapped?")
    if details.outline is not None and outline_fault(details.outline):
        faults["outline"] = _("The outline must be a closed GeoJSON polygon of at most 500 points in Viet Nam.")
    return faults


def _check_season(actor: Actor, household_id: UUID, details: SeasonDetails) -> None:
    faults = _too_long(product_name=(details.product_name, 80))
    if not details.product_name.strip():
        faults["product_name"] = _("Say what you grow or raise.")
    if details.standard not in Standard.values:
        faults["standard"] = _("Choose a standard.")
    if not FIRST_DAY <= details.start_date <= clock.today() + timedelta(days=366):
        faults["start_date"] = _("This day cannot be right.")
    if details.expected_harvest_date and details.expected_harvest_date < details.start_date:
        faults["expected_harvest_date"] = _("The harvest cannot be before the start.")
    if details.expected_kg is not None and not Decimal("0.01") <= details.expected_kg < 10**9:
        faults["expected_kg"] = _("This quantity cannot be right.")
    if not _may_grow_for(actor, household_id, details.organisation_id):
        faults["organisation_id"] = _("Choose a cooperative in which somebody of your household is a member.")
    if faults:
        raise SeasonIsInvalid(fields=faults)


def _may_grow_for(actor: Actor, household_id: UUID, organisation_id: UUID | None) -> bool:
    return organisation_id is None or actor.is_system or organisation_id in household_cooperatives(household_id)


def _fill_plot(plot: Plot, details: PlotDetails) -> None:
    plot.name, plot.use = nfc(details.name).strip(), nfc(details.use).strip()
    plot.folded = fold(f"{plot.name} {plot.use}")[:200]
    plot.kind, plot.area_m2, plot.area_unit = details.kind, details.area_m2, details.area_unit
    plot.village_id, plot.outline = details.village_id, details.outline
    plot.latitude = details.point.latitude if details.point else None
    plot.longitude = details.point.longitude if details.point else None


def _fill_season(season: Season, details: SeasonDetails) -> None:
    season.product_name, season.product_id = nfc(details.product_name).strip(), details.product_id
    season.folded = fold(season.product_name)[:120]
    season.organisation_id, season.standard = details.organisation_id, details.standard
    season.start_date, season.expected_harvest_date = details.start_date, details.expected_harvest_date
    season.expected_kg = details.expected_kg
