"""JSON of organisations: who there is in the commune, and what one belongs to oneself."""

from dataclasses import asdict
from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Router, Schema

from langso.community.organisations import queries
from langso.kernel.access.requests import ActorRequest
from langso.kernel.refusals import REFUSALS

router = Router(tags=["organisations"])

Kind = Literal[
    "COMMUNE_OFFICE", "COOPERATIVE", "UNION", "CLUBHOUSE", "SCHOOL", "HEALTH_STATION", "BUSINESS", "PROVINCE"
]


class OrganisationOut(Schema):
    id: UUID
    kind: Kind
    name: str
    tax_code: str
    village_id: UUID | None
    village_name: str
    address: str
    phone: str
    founded_date: date | None


class OrganisationsOut(Schema):
    commune: str
    items: list[OrganisationOut]


class MembershipOut(Schema):
    """`role` is empty for plain membership; it holds until the day before `end_date`."""

    organisation: OrganisationOut
    role: str
    is_business_account: bool
    start_date: date
    end_date: date | None


class MembershipsOut(Schema):
    items: list[MembershipOut]


@router.get("/organisations", response={200: OrganisationsOut, **REFUSALS}, summary="Organisations of the open commune")
def organisations(request: ActorRequest, kind: Kind | None = None) -> dict[str, object]:
    actor = request.actor
    cards = queries.organisation_cards(kinds=(kind,) if kind else ())
    return {"commune": actor.commune, "items": [asdict(card) for card in cards]}


@router.get("/organisations/mine", response={200: MembershipsOut, **REFUSALS}, summary="What the caller belongs to")
def mine(request: ActorRequest) -> dict[str, object]:
    actor = request.actor
    return {"items": [asdict(card) for card in queries.memberships_of(actor)]}
