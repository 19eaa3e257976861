"""JSON of places: villages of the commune, units of Viet Nam, old addresses. All of it is public."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from ninja import Field, Query, Router, Schema

from langso.community.places import queries
from langso.kernel.access.requests import ActorRequest
from langso.kernel.refusals import REFUSALS

router = Router(tags=["places"])


class VillageOut(Schema):
    id: UUID
    name: str
    kind: str
    order: int


class VillagesOut(Schema):
    commune: str
    items: list[VillageOut]


class UnitOut(Schema):
    """A unit is its code and its first day. `valid_to` is the first day on which it is no more."""

    code: str
    valid_from: date
    valid_to: date | None
    level: str
    kind: str
    name: str
    full_name: str
    name_en: str
    province_code: str
    province_name: str


class UnitsOut(Schema):
    items: list[UnitOut]


class SuccessorOut(Schema):
    unit: UnitOut
    whole: bool
    is_likeliest: bool


class FormerOut(Schema):
    unit: UnitOut
    district_name: str
    successors: list[SuccessorOut]


class ProvinceAndDay(Schema):
    province: str = Field(pattern=r"^\d{2}$")
    on: date | None = None


class OldAddressIn(Schema):
    text: str = Field(min_length=1, max_length=300)


class OldAddressOut(Schema):
    """`answer` is given only where there is no doubt; else `former` holds what to ask about."""

    finding: queries.Finding
    answer: UnitOut | None
    former: list[FormerOut]
    today: list[UnitOut]


@router.get("/places/villages", response={200: VillagesOut, **REFUSALS}, summary="Villages of the open commune")
def villages(request: ActorRequest) -> dict[str, object]:
    actor = request.actor
    return {"commune": actor.commune, "items": [asdict(card) for card in queries.villages(actor)]}


@router.get("/places/provinces", response={200: UnitsOut, **REFUSALS}, summary="Provinces on a day (today)")
def provinces(request: ActorRequest, on: date | None = None) -> dict[str, object]:
    return {"items": [asdict(card) for card in queries.provinces(on_date=on)]}


@router.get("/places/communes", response={200: UnitsOut, **REFUSALS}, summary="Communes of a province on a day (today)")
def communes(request: ActorRequest, wanted: Query[ProvinceAndDay]) -> dict[str, object]:
    return {"items": [asdict(card) for card in queries.communes_of(wanted.province, on_date=wanted.on)]}


@router.get(
    "/places/old-address",
    response={200: OldAddressOut, **REFUSALS},
    summary="What an address of before July 2025 is today",
)
def old_address(request: ActorRequest, wanted: Query[OldAddressIn]) -> dict[str, object]:
    return asdict(queries.units_of_old_address(wanted.text))
