"""Public facts about plots and seasons.

All are HERE: a household's id with a place and an area names people. What the province needs are sums, and those are
figures that `indicators` computes.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from langso.kernel.journal.events import Reach, event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotState:
    """A whole plot. `kind`: FIELD, PADDY, GARDEN, POND, GREENHOUSE, FOREST; the place in degrees, WGS 84."""

    plot_id: UUID
    household_id: UUID
    village_id: UUID | None
    name: str
    kind: str
    area_m2: Decimal
    use: str
    latitude: Decimal | None
    longitude: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonState:
    """A whole season. `standard`: NONE, VIETGAP, ORGANIC; `organisation_id`: the cooperative that checks the diary."""

    season_id: UUID
    plot_id: UUID
    household_id: UUID
    organisation_id: UUID | None
    product_name: str
    product_id: UUID | None
    standard: str
    area_m2: Decimal
    start_date: date
    expected_harvest_date: date | None
    expected_kg: Decimal | None


@event(version=1, reach=Reach.HERE)
class PlotRegistered:
    plot: PlotState


@event(version=1, reach=Reach.HERE)
class PlotChanged:
    """The plot as it now stands."""

    plot: PlotState


@event(version=1, reach=Reach.HERE)
class PlotRetired:
    """The household no longer works this plot."""

    plot: PlotState


@event(version=1, reach=Reach.HERE)
class SeasonStarted:
    season: SeasonState


@event(version=1, reach=Reach.HERE)
class SeasonChanged:
    """The season as it now stands."""

    season: SeasonState


@event(version=1, reach=Reach.HERE)
class SeasonClosed:
    season: SeasonState
    closed_date: date


@event(version=1, reach=Reach.HERE)
class SeasonReopened:
    """The close was a mistake: the season runs again."""

    season: SeasonState
