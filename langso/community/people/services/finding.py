"""Rows that services work on, read inside the open commune, and what events say of them."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from langso.community.people.events import PersonState
from langso.community.people.models import Household, Person
from langso.kernel.errors import DomainError, Invalid, NotHere

PERSON_KIND = "people.person"
"""What the search index calls a person."""


class ChangedMeanwhile(DomainError):
    code = "changed_meanwhile"
    message = _("Somebody else changed this record in the meantime. Look at it again, then repeat your change.")


class BadDay(Invalid):
    code = "bad_day"
    message = _("This date cannot be right.")


class WasMerged(DomainError):
    code = "was_merged"
    message = _("This record was merged into another one. Open that one.")


def person_here(person_id: UUID) -> Person:
    """A record of the open commune that was not merged away. Raises `NotHere`, `WasMerged`."""
    person = Person.objects.select_related("household").filter(pk=person_id).first()
    if person is None:
        raise NotHere()
    if person.merged_into_id:
        raise WasMerged()
    return person


def household_here(household_id: UUID) -> Household:
    """A household of the open commune, closed or not. Raises `NotHere`."""
    household = Household.objects.filter(pk=household_id).first()
    if household is None:
        raise NotHere()
    return household


def state_of(person: Person) -> PersonState:
    """The person as events carry them."""
    return PersonState(
        person_id=person.pk,
        name=person.name,
        sex=person.sex,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        ethnicity=person.ethnicity,
        disability=person.disability,
        household_id=person.household_id,
        village_id=person.household.village_id if person.household else None,
        relation=person.relation,
    )


def store(person: Person, *, now: datetime, **values: object) -> None:
    """Write values of a record unless somebody changed it since it was read. Raises `ChangedMeanwhile`."""
    written = Person.objects.filter(pk=person.pk, version=person.version).update(
        version=F("version") + 1, changed_at=now, **values
    )
    if not written:
        raise ChangedMeanwhile()
    for name, value in values.items():
        setattr(person, name, value)
    person.version += 1
    person.changed_at = now


def claim(household: Household, **values: object) -> None:
    """Write a household, and let nobody else change who lives there at the same time. Raises `ChangedMeanwhile`."""
    written = Household.objects.filter(pk=household.pk, version=household.version).update(
        version=F("version") + 1, **values
    )
    if not written:
        raise ChangedMeanwhile()
    for name, value in values.items():
        setattr(household, name, value)
    household.version += 1


def check_day(day: date, *, today: date, not_before: date | None = None, field: str = "on_date") -> None:
    """Refuse a day in the future or before what it must follow. Raises `BadDay`."""
    if day > today:
        raise BadDay(fields={field: _("This date lies in the future.")})
    if not_before and day < not_before:
        sentence = _("This must not be before %(day)s.") % {"day": not_before.strftime("%d/%m/%Y")}
        raise BadDay(fields={field: sentence})
