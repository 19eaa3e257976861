"""JSON of a household's own plots and seasons."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from langso.farm.plots.queries import screens
from langso.kernel.access.actors import Actor
from langso.kernel.refusals import REFUSALS

router = Router(tags=["plots"])


class SeasonOut(Schema):
    """`standard`: NONE, VIETGAP, ORGANIC; quantities in kg."""

    id: UUID
    product_name: str
    product_id: UUID | None
    organisation_id: UUID | None
    standard: str
    start_date: date
    expected_harvest_date: date | None
    expected_kg: Decimal | None


class PlotOut(Schema):
    """`kind`: FIELD, PADDY, GARDEN, POND, GREENHOUSE, FOREST; area in m²; the place in degrees, WGS 84."""

    id: UUID
    name: str
    kind: str
    area_m2: Decimal
    use: str
    village_id: UUID | None
    latitude: Decimal | None
    longitude: Decimal | None
    seasons: list[SeasonOut]


class PlotsOut(Schema):
    items: list[PlotOut]


@router.get("/plots", response={200: PlotsOut, **REFUSALS}, summary="Own plots with their running seasons")
def plots(request: HttpRequest) -> dict[str, object]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    land = screens.my_land(actor)
    return {"items": [PlotOut.model_validate(_whole(plot, seasons)) for plot, seasons in land.plots]}


def _whole(plot: object, seasons: object) -> dict[str, object]:
    names = [name for name in PlotOut.model_fields if name != "seasons"]
    return {name: getattr(plot, name) for name in names} | {"seasons": seasons}
