"""Pairs of records that wait for a decision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from langso.community.people import access
from langso.community.people.models import DuplicatePair
from langso.community.people.queries.cards import PersonCard, card_of
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere


@dataclass(frozen=True, slots=True)
class PairCard:
    """Two records that may be one person. `grounds` are codes of `rules.codes.Ground`; `weight` is 0 to 100."""

    id: UUID
    first: PersonCard
    second: PersonCard
    grounds: tuple[str, ...]
    weight: int
    found_at: datetime
    decision: str


def pair_card(actor: Actor, *, pair_id: UUID) -> PairCard:
    """One pair, decided or not. Raises `NotHere`, `NotAllowed`, `SignInNeeded`."""
    require(access.can_decide_duplicates(actor), actor)
    row = (
        DuplicatePair.objects.select_related("first__household__village", "second__household__village")
        .filter(pk=pair_id)
        .first()
    )
    if row is None:
        raise NotHere()
    return PairCard(
        id=row.pk,
        first=card_of(row.first),
        second=card_of(row.second),
        grounds=tuple(row.grounds),
        weight=row.weight,
        found_at=row.found_at,
        decision=row.decision,
    )


def pairs_of(actor: Actor, *, person_id: UUID) -> list[UUID]:
    """Ids of the waiting pairs in which this record stands, the strongest first. Raises `NotAllowed`,
    `SignInNeeded`."""
    require(access.can_decide_duplicates(actor), actor)
    here = DuplicatePair.objects.all().waiting().filter(Q(first=person_id) | Q(second=person_id))
    return list(here.order_by("-weight", "pk").values_list("pk", flat=True))


def waiting_pairs() -> int:
    """How many pairs of the open commune wait for a decision."""
    return DuplicatePair.objects.all().waiting().count()
