"""Builders for tests and the demo; they go through the services, as the node itself."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from langso.farm.plots import services
from langso.farm.plots.rules import Point
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.scope import open_commune
from langso.kernel.ids import public_code


def make_plot(
    *,
    household_id: UUID,
    name: str = "",
    kind: str = "FIELD",
    area_m2: Decimal | int = 1000,
    use: str = "",
    village_id: UUID | None = None,
    point: Point | None = None,
) -> UUID:
    """A plot of this household, 1,000 m² of dry field unless told otherwise; the name is made up when empty."""
    details = services.PlotDetails(
        name=name or f"Nương {public_code(4)}",
        kind=kind,
        area_m2=Decimal(area_m2),
        use=use,
        village_id=village_id,
        point=point,
    )
    return services.register_plot(system(open_commune()), household_id=household_id, details=details)


def make_season(
    *,
    plot_id: UUID,
    product_name: str = "Dong riềng",
    product_id: UUID | None = None,
    organisation_id: UUID | None = None,
    standard: str = "VIETGAP",
    start_date: date | None = None,
    expected_harvest_date: date | None = None,
    expected_kg: Decimal | int | None = None,
    closed_date: date | None = None,
) -> UUID:
    """A season that began 200 days ago unless told otherwise; closed when `closed_date` is given."""
    details = services.SeasonDetails(
        product_name=product_name,
        product_id=product_id,
        organisation_id=organisation_id,
        standard=standard,
        start_date=start_date or clock.today() - timedelta(days=200),
        expected_harvest_date=expected_harvest_date,
        expected_kg=None if expected_kg is None else Decimal(expected_kg),
    )
    actor = system(open_commune())
    season_id = services.start_season(actor, plot_id=plot_id, details=details)
    if closed_date:
        services.close_season(actor, season_id=season_id, closed_date=closed_date)
    return season_id
