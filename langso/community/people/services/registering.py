"""New records and corrections."""

from dataclasses import fields
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langso.community.people import access
from langso.community.people.events import FieldChange, PersonCorrected, PersonRegistered
from langso.community.people.models import Person
from langso.community.people.queries.alike import alike_records, alike_to
from langso.community.people.rules.codes import Relation, Sex
from langso.community.people.rules.details import PersonDetails, faults_of, tidied
from langso.community.people.rules.likeness import alike_key
from langso.community.people.rules.personal_number import masked
from langso.community.people.services.alike import suggest_pairs
from langso.community.people.services.finding import (
    ChangedMeanwhile,
    check_day,
    household_here,
    person_here,
    state_of,
    store,
)
from langso.community.people.services.settling import Arrival, put_in_search, settle
from langso.community.people.texts import FAULTS
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.services import emit, service
from langso.kernel.text import fold, sort_key


class BadDetails(Invalid):
    code = "bad_details"
    message = _("Some of the details cannot be right. Look at the fields below.")


class NumberTaken(DomainError):
    """Somebody in the commune's register has this personal number. `person_id` says who."""

    code = "number_taken"
    message = _("Somebody in the register already has this personal number. Open that record instead.")

    def __init__(self, person_id: UUID) -> None:
        super().__init__(fields={"personal_number": self.message})
        self.person_id = person_id


class LooksKnown(DomainError):
    """Records that are very like the new one. `person_ids` are they, the likest first."""

    code = "looks_known"
    message = _("This person may already be in the register. Look at the records below before you go on.")

    def __init__(self, person_ids: tuple[UUID, ...]) -> None:
        super().__init__()
        self.person_ids = person_ids


class NothingChanged(DomainError):
    code = "nothing_changed"
    message = _("Nothing was changed.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Write down why.")

    def __init__(self) -> None:
        super().__init__(fields={"reason": self.message})


CERTAIN = 80
"""From this weight on, a like record stops a registration until the officer says that it is somebody else."""


@service
def register_person(
    actor: Actor,
    *,
    details: PersonDetails,
    household_id: UUID,
    relation: Relation = Relation.UNKNOWN,
    arrival: Arrival | None = None,
    is_somebody_else: bool = False,
) -> UUID:
    """Enter a person who lives in a household of the commune; the first one there becomes its head.

    `is_somebody_else` says that the officer looked at the like records. Raises `BadDetails`, `BadDay`, `NumberTaken`,
    `LooksKnown`, `NotHere` (no such household).
    """
    require(access.can_change_register(actor), actor)
    arrival = arrival or Arrival()
    household = household_here(household_id)
    details = checked(details)
    if arrival.from_date:
        check_day(arrival.from_date, today=clock.today(), not_before=details.birth_date, field="from_date")
    refuse_taken(details.personal_number)
    if not is_somebody_else:
        _refuse_known(details, household_id=household.pk, village_id=household.village_id)
    now = clock.now()
    person = new_row(details, now)
    _save_new(person)
    settle(person, household, relation=relation, arrival=arrival, now=now)
    emit(
        actor,
        PersonRegistered(person=state_of(person), came_by=arrival.came_by.value, from_date=arrival.from_date),
        reason=arrival.because,
    )
    suggest_pairs([person], others=alike_to([person]))
    return person.pk


def checked(details: PersonDetails) -> PersonDetails:
    """The details as they are stored, when they can be. Raises `BadDetails`."""
    details = tidied(details)
    faults = faults_of(details, today=clock.today())
    if faults:
        raise BadDetails(fields={fault.field: FAULTS[fault.code] for fault in reversed(faults)})
    return details


def refuse_taken(number: str, *, but: UUID | None = None) -> None:
    """Raise `NumberTaken` when somebody else in the commune has the number."""
    if not number:
        return
    holder = Person.objects.all().known().filter(personal_number=number).first()
    if holder and holder.pk != but:
        raise NumberTaken(holder.pk)


def _refuse_known(details: PersonDetails, *, household_id: UUID, village_id: UUID) -> None:
    alike = alike_records(details, household_id=household_id, village_id=village_id)
    certain = tuple(found.id for found in alike if found.weight >= CERTAIN)
    if certain:
        raise LooksKnown(certain)


def _save_new(person: Person) -> None:
    """Insert the record; somebody who entered the same number a moment ago came first."""
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        refuse_taken(person.personal_number)
        raise


def new_row(details: PersonDetails, now: datetime) -> Person:
    """An unsaved record of checked details."""
    return Person(**values_of(details), registered_at=now, changed_at=now)


def values_of(details: PersonDetails) -> dict[str, object]:
    """The columns that details fill, search and order forms included."""
    values: dict[str, object] = {field.name: getattr(details, field.name) for field in fields(PersonDetails)}
    folded = fold(details.name)
    return values | {
        "sex": details.sex.value,
        "folded_name": folded,
        "alike_key": alike_key(folded, details.birth_year),
        "sort_name": sort_key(details.name),
    }


@service
def correct_person(actor: Actor, *, person_id: UUID, version: int, details: PersonDetails, reason: str) -> None:
    """Write down what is right instead of what was wrong, and why. `version` is that of the record that was shown.

    Raises `BadDetails`, `ReasonNeeded`, `NumberTaken`, `NothingChanged`, `ChangedMeanwhile`, `NotHere`, `WasMerged`.
    """
    require(access.can_change_register(actor), actor)
    person = person_here(person_id)
    if person.version != version:
        raise ChangedMeanwhile()
    details = checked(details)
    if not reason.strip():
        raise ReasonNeeded()
    refuse_taken(details.personal_number, but=person.pk)
    changes = changes_between(details_of(person), details)
    if not changes:
        raise NothingChanged()
    store(person, now=clock.now(), **values_of(details))
    put_in_search(person)
    emit(actor, PersonCorrected(person=state_of(person), changes=changes), reason=reason.strip())
    suggest_pairs([person], others=alike_to([person]))


def details_of(person: Person) -> PersonDetails:
    """The facts that a record holds."""
    values = {field.name: getattr(person, field.name) for field in fields(PersonDetails)}
    return PersonDetails(**values | {"sex": Sex(person.sex)})


def changes_between(before: PersonDetails, after: PersonDetails) -> tuple[FieldChange, ...]:
    """Field by field, what changed; personal numbers masked."""
    changed = (
        field.name for field in fields(PersonDetails) if getattr(before, field.name) != getattr(after, field.name)
    )
    return tuple(FieldChange(field=name, before=_shown(name, before), after=_shown(name, after)) for name in changed)


def _shown(field: str, details: PersonDetails) -> str:
    value = getattr(details, field)
    if field == "personal_number":
        return masked(value)
    return "" if value is None else str(value)
