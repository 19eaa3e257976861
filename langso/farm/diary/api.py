"""JSON of the diary: a household's own entries. A form carries its own id: it may be sent again until it counts."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime

from langso.farm.diary import services
from langso.farm.diary.queries import own, screens
from langso.farm.diary.services import HarvestContent, HazardContent, InputContent, Sent, WorkContent
from langso.kernel.access.actors import Actor
from langso.kernel.refusals import REFUSALS

router = Router(tags=["diary"])

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
Amount = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=3)]
Words = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")]


class ConcernOut(Schema):
    """`severity`: SERIOUS, WARNING; `state`: OPEN, ANSWERED."""

    id: UUID
    code: str
    severity: str
    explanation: str
    state: str


class EntryOut(Schema):
    id: UUID
    client_id: UUID
    kind: str
    season_id: UUID | None
    code: str
    on_date: date
    title: str
    text: str
    state: str
    struck: bool
    version: int
    recorded_at: datetime
    concerns: list[ConcernOut]


class EntriesOut(Schema):
    items: list[EntryOut]


class EntryIn(Schema):
    """`client_id` is made by the sender; `done_at` is the device's time when it was written offline."""

    client_id: UUID
    on_date: date
    remark: Words = ""
    done_at: Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)] | None = None


class WorkIn(EntryIn):
    kind: Literal["WORK"]
    season_id: UUID
    activity: Annotated[str, Field(max_length=20)]
    amount: Amount
    unit: Annotated[str, Field(max_length=8)]
    input_id: UUID | None = None
    input_name: Name = ""
    concentration: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    area_m2: Annotated[Decimal, Field(gt=0, max_digits=11, decimal_places=2)] | None = None
    labour_hours: Annotated[Decimal, Field(ge=0, max_digits=7, decimal_places=2)] | None = None


class HarvestIn(EntryIn):
    kind: Literal["HARVEST"]
    season_id: UUID
    quantity_kg: Amount
    handling_place: Name = ""
    buyer: Name = ""


class HazardIn(EntryIn):
    kind: Literal["HAZARD"]
    season_id: UUID
    subject: Literal["SOIL", "IRRIGATION_WATER", "WASH_WATER", "PRODUCT"]
    finding: Literal["SAFE", "RISK"]
    finding_text: Words = ""
    assessed_by: Name = ""
    measure: Words = ""


class InputIn(EntryIn):
    kind: Literal["INPUT"]
    name: Name
    input_kind: Literal["PESTICIDE", "FERTILISER", "COMPOST", "SEED", "FEED", "TREATMENT", "OTHER"]
    unit: Annotated[str, Field(max_length=8)]
    quantity: Amount
    active_ingredient: Name = ""
    seller: Name = ""
    expiry_date: date | None = None
    pre_harvest_days: Annotated[int, Field(ge=0, le=400)] | None = None
    treatment: Words = ""


AnyIn = Annotated[WorkIn | HarvestIn | HazardIn | InputIn, Field(discriminator="kind")]


@router.get("/diary/entries", response={200: EntriesOut, **REFUSALS}, summary="Own entries, the newest first")
def entries(
    request: HttpRequest,
    season_id: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0,
) -> dict[str, object]:
    found = own.own_entries(_actor(request), season_id=season_id, limit=limit, offset=offset)
    return {"items": [asdict(entry) for entry in found]}


@router.post("/diary/entries", response={200: EntryOut, 201: EntryOut, **REFUSALS}, summary="Write an entry, once")
def write(request: HttpRequest, entry: AnyIn) -> Status[dict[str, object]]:
    """201 for a new entry, 200 with the first one when the same form is sent again, 409 when it has changed since."""
    actor = _actor(request)
    was_known = own.is_known(entry.client_id)
    entry_id = _write(actor, entry)
    return Status(200 if was_known else 201, asdict(own.own_entry(actor, entry_id=entry_id)))


def _write(actor: Actor, entry: WorkIn | HarvestIn | HazardIn | InputIn) -> UUID:
    sent = Sent(client_id=entry.client_id, done_at=entry.done_at)
    told = entry.model_dump(exclude={"client_id", "done_at", "kind", "season_id", "input_kind"})
    if isinstance(entry, WorkIn):
        return services.record_work(actor, season_id=entry.season_id, content=WorkContent(**told), sent=sent)
    if isinstance(entry, HarvestIn):
        return services.record_harvest(actor, season_id=entry.season_id, content=HarvestContent(**told), sent=sent)
    if isinstance(entry, HazardIn):
        return services.record_hazard(actor, season_id=entry.season_id, content=HazardContent(**told), sent=sent)
    content = InputContent(kind=entry.input_kind, **told)
    return services.record_input(actor, household_id=screens.my_household(actor), content=content, sent=sent)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
