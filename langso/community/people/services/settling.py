"""Who lives in which household: the only module that writes `Person.household`, `relation`, stays and headships.

It keeps these true after every act: a household in which somebody lives has exactly one head and is open; one in which
nobody lives is closed or has never been lived in; everybody who lives somewhere has exactly one open stay, there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.community.people.models import Headship, Household, Person, Residence
from langso.community.people.rules.codes import CameBy, LeftBy, Relation
from langso.community.people.rules.relations import relation_to_new_head
from langso.community.people.services.finding import PERSON_KIND, BadDay, claim, store
from langso.kernel.clock import local_date
from langso.kernel.errors import DomainError
from langso.kernel.phones import phone_on_screen
from langso.kernel.search import services as search


class HeadMustBeNamed(DomainError):
    code = "head_must_be_named"
    message = _("This person heads a household in which others live. Name the new head.")


class NotAMember(DomainError):
    code = "not_a_member"
    message = _("The new head must live in this household.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a stay begins. No `from_date`: nobody knows since when."""

    came_by: CameBy = CameBy.REGISTERED
    from_date: date | None = None
    came_from: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """How a stay ends."""

    left_by: LeftBy
    on_date: date
    left_for: str = ""
    because: str = ""


def search_text(person: Person, household: Household | None) -> str:
    """What a person is found by: name, household code, phone as people dial it. Never the personal number."""
    phone = phone_on_screen(person.phone)
    return " ".join(part for part in (person.name, household.code if household else "", phone.replace(" ", "")) if part)


def put_in_search(person: Person) -> None:
    search.put(kind=PERSON_KIND, object_id=person.pk, text=search_text(person, person.household), sort=person.sort_name)


def members_of(household: Household) -> list[Person]:
    """Who lives there now, the head first, then by age."""
    people = Person.objects.select_related("household").filter(household=household)
    return sorted(
        people, key=lambda person: (person.relation != Relation.HEAD, person.birth_year or 9999, person.sort_name)
    )


def settle(person: Person, household: Household, *, relation: Relation, arrival: Arrival, now: datetime) -> None:
    """Let a person who lives nowhere live in a household. The first one there becomes its head, whatever `relation`
    says."""
    head = Person.objects.filter(household=household, relation=Relation.HEAD).first()
    claim(household, closed_date=None)
    if head and relation == Relation.HEAD:
        _hand_over(household, head, person, arrival.from_date, now)
    becomes = Relation.HEAD if head is None else relation
    store(person, now=now, household=household, relation=becomes.value)
    Residence.objects.create(
        person=person,
        household=household,
        from_date=arrival.from_date,
        came_by=arrival.came_by.value,
        came_from=arrival.came_from,
        came_because=arrival.because,
        recorded_at=now,
    )
    if becomes == Relation.HEAD:
        Headship.objects.create(household=household, person=person, from_date=arrival.from_date)
    put_in_search(person)


def _hand_over(household: Household, head: Person, newcomer: Person, day: date | None, now: datetime) -> None:
    """Make room for a newcomer who comes as the head: nobody can tell what the others are to them."""
    others = Person.objects.filter(household=household).exclude(relation=Relation.NOT_RELATED)
    for other in others:
        store(other, now=now, relation=Relation.UNKNOWN.value)
    _end_headship(household, day or local_date(now))


def leave(person: Person, departure: Departure, *, next_head_id: UUID | None, now: datetime) -> Household:
    """End a person's stay where they live. Returns the household they left, closed when nobody is left.

    Raises `HeadMustBeNamed`, `NotAMember`, `BadDay` (before the stay began).
    """
    household = person.household
    if household is None:
        raise ValueError("a person who lives nowhere cannot leave")
    others = [other for other in members_of(household) if other.pk != person.pk]
    if person.relation == Relation.HEAD and others:
        crown(household, _next_head(others, next_head_id), on_date=departure.on_date, now=now)
        person.refresh_from_db(fields=["relation", "version"])
    else:
        claim(household)
    _end_stay(person, departure)
    if not others:
        _end_headship(household, departure.on_date)
        claim(household, closed_date=departure.on_date)
    store(person, now=now, household=None, relation="")
    put_in_search(person)
    return household


def _next_head(others: list[Person], next_head_id: UUID | None) -> Person:
    if next_head_id is None:
        raise HeadMustBeNamed(fields={"next_head": HeadMustBeNamed.message})
    for other in others:
        if other.pk == next_head_id:
            return other
    raise NotAMember(fields={"next_head": NotAMember.message})


def crown(
    household: Household,
    person: Person,
    *,
    on_date: date,
    now: datetime,
    relations: Mapping[UUID, Relation] | None = None,
) -> UUID | None:
    """Make a member the head. The others' relations are as given, else as `rules.relations` suggests.

    Returns the former head's id. Raises `BadDay` when the headship before began later.
    """
    claim(household)
    members = members_of(household)
    new_head = next(member for member in members if member.pk == person.pk)
    before = Relation(new_head.relation)
    former: UUID | None = None
    for member in members:
        if member.pk == person.pk:
            continue
        was = Relation(member.relation)
        former = member.pk if was == Relation.HEAD else former
        becomes = (relations or {}).get(member.pk) or relation_to_new_head(of_member=was, of_new_head=before)
        if becomes != was:
            store(member, now=now, relation=becomes.value)
    _end_headship(household, on_date)
    store(new_head, now=now, relation=Relation.HEAD.value)
    person.relation, person.version = new_head.relation, new_head.version
    Headship.objects.create(household=household, person=new_head, from_date=on_date)
    return former


def _end_headship(household: Household, on_date: date) -> None:
    headship = Headship.objects.filter(household=household, to_date=None).first()
    if headship is None:
        return
    _check_order(headship.from_date, on_date)
    Headship.objects.filter(pk=headship.pk).update(to_date=on_date)


def _end_stay(person: Person, departure: Departure) -> None:
    stay = Residence.objects.filter(person=person, to_date=None).get()
    _check_order(stay.from_date, departure.on_date)
    Residence.objects.filter(pk=stay.pk).update(
        to_date=departure.on_date,
        left_by=departure.left_by.value,
        left_for=departure.left_for,
        left_because=departure.because,
    )


def _check_order(start: date | None, end: date) -> None:
    if start and end < start:
        sentence = _("This must not be before %(day)s.") % {"day": start.strftime("%d/%m/%Y")}
        raise BadDay(fields={"on_date": sentence})
