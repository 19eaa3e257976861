"""Many persons at once, with their households; and taking them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from langso.community.people import access
from langso.community.people.events import HouseholdClassified, HouseholdFormed, PersonRegistered
from langso.community.people.models import Headship, Household, HouseholdStatus, Person, Residence
from langso.community.people.queries.alike import alike_to
from langso.community.people.rules.codes import CameBy, HouseholdClass, Relation
from langso.community.people.rules.details import PersonDetails
from langso.community.people.services.alike import suggest_pairs
from langso.community.people.services.finding import PERSON_KIND, state_of
from langso.community.people.services.registering import new_row
from langso.community.people.services.settling import search_text
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.bulk import insert_many, insert_values
from langso.kernel.journal.services import emit, service
from langso.kernel.search import services as search

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household as a list names it. `kind` is what it counts as, if the list says so, from `kind_from` on."""

    code: str
    village_id: UUID
    address: str = ""
    kind: HouseholdClass | None = None
    kind_from: date | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A checked person of a list, and the household by its code: one that is here, or a new one of the same batch."""

    details: PersonDetails
    household: NewHousehold
    relation: Relation
    from_date: date | None = None


@service
def register_many(actor: Actor, *, people: Sequence[NewPerson]) -> list[UUID]:
    """Enter checked persons, making the households that are not here yet. Returns their ids in the same order.

    Of a household without a head, the first person of these becomes its head. Raises `IntegrityError` for what somebody
    else entered between the check and now.
    """
    require(access.can_change_register(actor), actor)
    now = clock.now()
    households = _households(actor, people, now)
    headed = _headed(households)
    rows = [_row(person, households[person.household.code], headed, now) for person in people]
    others = alike_to(rows)
    insert_many(rows)
    stays = [
        {"person_id": row.pk, "household_id": row.household_id, "from_date": person.from_date}
        for row, person in zip(rows, people, strict=True)
    ]
    insert_values(Residence, [stay | {"came_by": CameBy.REGISTERED.value, "recorded_at": now} for stay in stays])
    insert_values(Headship, [stay for stay, row in zip(stays, rows, strict=True) if row.relation == Relation.HEAD])
    documents = [search.Document(row.pk, search_text(row, row.household), row.sort_name) for row in rows]
    search.put_many(kind=PERSON_KIND, documents=documents)
    for row, person in zip(rows, people, strict=True):
        emit(
            actor,
            PersonRegistered(person=state_of(row), came_by=CameBy.REGISTERED.value, from_date=person.from_date),
        )
    suggest_pairs(rows, others=others)
    return [row.pk for row in rows]


def _households(actor: Actor, people: Sequence[NewPerson], now: datetime) -> dict[str, Household]:
    """The households of these persons by code: those that are here, opened and claimed, and new ones."""
    wanted = {person.household.code: person.household for person in reversed(people)}
    found = {row.code: row for row in Household.objects.filter(code__in=wanted)}
    here = [row.pk for row in found.values()]
    Household.objects.filter(pk__in=here).update(version=F("version") + 1, closed_date=None)
    new = [
        Household(code=household.code, village_id=household.village_id, address=household.address, registered_at=now)
        for code, household in wanted.items()
        if code not in found
    ]
    insert_many(new)
    for row in new:
        emit(
            actor,
            HouseholdFormed(household_id=row.pk, code=row.code, village_id=row.village_id, address=row.address),
        )
    _classify(actor, [(row, wanted[row.code]) for row in new], now)
    return found | {row.code: row for row in new}


def _classify(actor: Actor, households: Iterable[tuple[Household, NewHousehold]], now: datetime) -> None:
    classified = [
        (row, given.kind, given.kind_from) for row, given in households if given.kind and given.kind_from is not None
    ]
    insert_values(
        HouseholdStatus,
        [
            {"household_id": row.pk, "kind": kind.value, "from_date": from_date, "recorded_at": now}
            for row, kind, from_date in classified
        ],
    )
    for row, kind, from_date in classified:
        emit(
            actor,
            HouseholdClassified(
                household_id=row.pk,
                village_id=row.village_id,
                kind=kind.value,
                from_date=from_date,
                to_date=None,
                decision="",
                ended=(),
            ),
        )


def _headed(households: dict[str, Household]) -> set[UUID]:
    """Ids of the households that have a head already; grows as heads are entered."""
    ids = [row.pk for row in households.values()]
    heads = Person.objects.filter(household__in=ids, relation=Relation.HEAD)
    return {pk for pk in heads.values_list("household_id", flat=True) if pk}


def _row(person: NewPerson, household: Household, headed: set[UUID], now: datetime) -> Person:
    row = new_row(person.details, now)
    row.household = household
    row.relation = person.relation.value
    if household.pk not in headed:
        row.relation = Relation.HEAD.value
        headed.add(household.pk)
    return row
