"""JSON of the register, for staff and their programs, and of the own data for residents. Whole records need a
purpose."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema
from ninja.params.functions import Query

from langso.community.people import queries, services
from langso.community.people.queries import AccessPage, HouseholdRecord, PersonRecord
from langso.community.people.rules.codes import AccessWay
from langso.kernel.access.requests import ActorRequest
from langso.kernel.refusals import REFUSALS

router = Router(tags=["people"])


class PersonPicked(Schema):
    """What it takes to pick a person."""

    id: UUID
    name: str
    birth_year: int | None
    village: str


class PeopleOut(Schema):
    items: list[PersonPicked]


class StayOut(Schema):
    household_id: UUID
    household_code: str
    village: str
    from_date: date | None
    to_date: date | None
    came_by: str
    left_by: str


class PersonOut(Schema):
    """A whole record. `personal_number` shows its last four digits."""

    id: UUID
    name: str
    sex: str
    birth_date: date | None
    birth_year: int | None
    age: int | None
    ethnicity: str
    personal_number: str
    phone: str
    disability: str
    household_id: UUID | None
    household_code: str
    relation: str
    village: str
    address: str
    lives_here: bool
    death_date: date | None
    stays: list[StayOut]


class MemberOut(Schema):
    id: UUID
    name: str
    sex: str
    birth_year: int | None
    relation: str


class HouseholdOut(Schema):
    id: UUID
    code: str
    village_id: UUID
    village: str
    address: str
    head_id: UUID | None
    is_closed: bool
    counts_as: list[str]
    members: list[MemberOut]


class AccessOut(Schema):
    at: datetime
    name: str
    role: str
    organisation: str
    purpose: str
    remark: str
    saw_number: bool


class AccessLogOut(Schema):
    items: list[AccessOut]
    page: int
    pages: int
    count: int


PURPOSE = Query(..., description="Code of the purpose, as on the desk. The person can read it.", max_length=24)
REMARK = Query("", description="What for, in words. The person can read it.", max_length=200)


@router.get("/people", response={200: PeopleOut, **REFUSALS}, summary="Find persons by name, household code or phone")
def people(
    request: ActorRequest,
    q: str = Query("", max_length=200),
    limit: int = Query(20, ge=1, le=100),
    offset: int = Query(0, ge=0, le=1_000_000),
) -> dict[str, Any]:
    """Staff find everybody, a resident their own household."""
    cards = queries.search_people(request.actor, typed=q, limit=limit, offset=offset)
    return {"items": [asdict(card) for card in cards]}


@router.get("/people/me", response={200: PersonOut, **REFUSALS}, summary="My own data")
def me(request: ActorRequest) -> dict[str, Any]:
    return person_json(services.open_own_record(request.actor))


@router.get("/people/me/access-log", response={200: AccessLogOut, **REFUSALS}, summary="Who looked at my data")
def access_log(request: ActorRequest, page: int = Query(1, ge=1, le=1_000_000)) -> dict[str, Any]:
    return log_json(queries.own_access_log(request.actor, page=page))


@router.get(
    "/people/{uuid:person_id}", response={200: PersonOut, **REFUSALS}, summary="A whole record; the reading is logged"
)
def person(request: ActorRequest, person_id: UUID, purpose: str = PURPOSE, remark: str = REMARK) -> dict[str, Any]:
    record = services.open_record(request.actor, person_id=person_id, purpose=purpose, remark=remark, way=AccessWay.API)
    return person_json(record)


@router.get(
    "/households/{uuid:household_id}",
    response={200: HouseholdOut, **REFUSALS},
    summary="A household; the reading is logged",
)
def household(
    request: ActorRequest, household_id: UUID, purpose: str = PURPOSE, remark: str = REMARK
) -> dict[str, Any]:
    record = services.open_household(
        request.actor, household_id=household_id, purpose=purpose, remark=remark, way=AccessWay.API
    )
    return household_json(record)


def person_json(record: PersonRecord) -> dict[str, Any]:
    return {**asdict(record.card), **asdict(record)}


def household_json(record: HouseholdRecord) -> dict[str, Any]:
    members = [asdict(member) for member in record.members]
    return {**asdict(record.card), "counts_as": record.classes_now, "members": members}


def log_json(log: AccessPage) -> dict[str, Any]:
    lines = [{**asdict(line), "role": str(line.role), "purpose": str(line.purpose)} for line in log.lines]
    return {"items": lines, "page": log.page, "pages": log.pages, "count": log.count}
