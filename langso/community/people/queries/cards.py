"""Cards of persons and households: what it takes to pick and name somebody. No log is written for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from langso.community.people import access
from langso.community.people.models import Household, Person
from langso.community.people.rules.codes import Relation
from langso.community.people.rules.details import tidy_code
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere
from langso.kernel.search import queries as search

PERSON_KIND = "people.person"


@dataclass(frozen=True, slots=True)
class PersonBrief:
    """Name, birth year (None: not known) and village ("" for who lives here no more)."""

    id: UUID
    name: str
    birth_year: int | None
    village: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person without anything sensitive. `sex`: MALE, FEMALE, UNKNOWN; `relation` to the head: HEAD, SPOUSE …, ""
    for none."""

    id: UUID
    name: str
    sex: str
    birth_year: int | None
    household_id: UUID | None
    household_code: str
    village_id: UUID | None
    village: str
    relation: str
    lives_here: bool
    has_died: bool


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """A household: `head_id` and `head` are None and "" while nobody lives there."""

    id: UUID
    code: str
    village_id: UUID
    village: str
    address: str
    head_id: UUID | None
    head: str
    size: int
    is_closed: bool


def person_card(actor: Actor, *, person_id: UUID) -> PersonCard:
    """One person; of a record that was merged away, the one that was kept. Raises `NotHere`, `NotAllowed`,
    `SignInNeeded`."""
    person = kept_record(person_id)
    if person is None:
        raise NotHere()
    require(access.can_see_card(actor, person), actor)
    return card_of(person)


def kept_record(person_id: UUID) -> Person | None:
    """The record of the open commune with this id, or the one it was merged into."""
    person = Person.objects.select_related("household__village").filter(pk=person_id).first()
    while person is not None and person.merged_into_id is not None:
        person = Person.objects.select_related("household__village").filter(pk=person.merged_into_id).first()
    return person


def people_brief(person_ids: Iterable[UUID]) -> dict[UUID, PersonBrief]:
    """Those of these persons that the open commune knows, by the id that was asked: two queries for any number.

    For lists of a domain that has asked its own question of permission. A record merged away answers with the kept one.
    """
    asked = Person.objects.select_related("household__village").filter(pk__in=set(person_ids))
    found = {person.pk: person for person in asked}
    gone = {pk: person for pk, person in found.items() if person.merged_into_id}
    kept = {pk: kept_record(pk) for pk in gone}
    return {pk: brief_of(person) for pk, person in {**found, **kept}.items() if person is not None}


def household_card(actor: Actor, *, household_id: UUID) -> HouseholdCard:
    """One household. Raises `NotHere`, `NotAllowed`, `SignInNeeded`."""
    household = Household.objects.select_related("village").filter(pk=household_id).first()
    if household is None:
        raise NotHere()
    require(access.can_see_household_card(actor, household), actor)
    return household_card_of(household)


def households_brief(household_ids: Iterable[UUID]) -> dict[UUID, HouseholdCard]:
    """Cards of those of these households that the open commune knows, in two queries. Permission is the caller's
    question."""
    households = {row.pk: row for row in Household.objects.select_related("village").filter(pk__in=set(household_ids))}
    people: dict[UUID, list[Person]] = {}
    for person in Person.objects.filter(household__in=households):
        people.setdefault(person.household_id, []).append(person)  # type: ignore[arg-type]
    return {pk: _household_card(row, people.get(pk, [])) for pk, row in households.items()}


def household_with_code(actor: Actor, *, code: str) -> HouseholdCard | None:
    """The household with this code, however its letters were typed, for staff. Raises `NotAllowed`, `SignInNeeded`."""
    require(access.can_search_register(actor), actor)
    household = Household.objects.select_related("village").filter(code=tidy_code(code)).first()
    return household_card_of(household) if household else None


def person_with_number(actor: Actor, *, number: str) -> UUID | None:
    """Whose personal number this is, for officers. Raises `NotAllowed`, `SignInNeeded`."""
    require(access.can_open_records(actor), actor)
    if not number:
        return None
    return Person.objects.all().known().filter(personal_number=number).values_list("pk", flat=True).first()


def household_of(person_id: UUID) -> UUID | None:
    """Where the person lives now; None for who lives here no more or is unknown."""
    person = kept_record(person_id)
    return person.household_id if person else None


def household_members(household_id: UUID) -> list[PersonCard]:
    """Who lives there now, the head first, then by age. Permission is the caller's question."""
    people = Person.objects.select_related("household__village").filter(household=household_id)
    cards = [(person.sort_name, card_of(person)) for person in people]
    cards.sort(key=lambda each: (each[1].relation != Relation.HEAD, each[1].birth_year or 9999, each[0]))
    return [card for _, card in cards]


def search_people(actor: Actor, *, typed: str, limit: int = 20, offset: int = 0) -> list[PersonCard]:
    """Persons whose name, household code or phone begins with the typed words, marks or not, in the order of names.

    Staff find everybody, a resident their own household. Raises `SignInNeeded`.
    """
    require(actor.signed_in or actor.is_system, actor)
    rows = Person.objects.all().visible_to(actor).select_related("household__village")
    first = search.first_found(rows, kind=PERSON_KIND, typed=typed, number=offset + limit)
    if first is not None:
        return [card_of(person) for person in first.rows[offset:]]
    found = search.narrow(rows, kind=PERSON_KIND, typed=typed).rows
    return [card_of(person) for person in found.order_by("sort_name", "pk")[offset : offset + limit]]


def brief_of(person: Person) -> PersonBrief:
    return PersonBrief(
        id=person.pk,
        name=person.name,
        birth_year=person.birth_year,
        village=person.household.village.name if person.household else "",
    )


def card_of(person: Person) -> PersonCard:
    """The card of a row that was read with its household and village."""
    home = person.household
    return PersonCard(
        id=person.pk,
        name=person.name,
        sex=person.sex,
        birth_year=person.birth_year,
        household_id=person.household_id,
        household_code=home.code if home else "",
        village_id=home.village_id if home else None,
        village=home.village.name if home else "",
        relation=person.relation,
        lives_here=home is not None,
        has_died=person.death_date is not None,
    )


def household_card_of(household: Household) -> HouseholdCard:
    return _household_card(household, list(Person.objects.filter(household=household)))


def _household_card(household: Household, people: list[Person]) -> HouseholdCard:
    head = next((person for person in people if person.relation == Relation.HEAD), None)
    return HouseholdCard(
        id=household.pk,
        code=household.code,
        village_id=household.village_id,
        village=household.village.name,
        address=household.address,
        head_id=head.pk if head else None,
        head=head.name if head else "",
        size=len(people),
        is_closed=household.closed_date is not None,
    )
