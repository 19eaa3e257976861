"""Moving in, moving away, moving house, dying."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.community.people import access
from langso.community.people.events import PersonChangedHousehold, PersonDied, PersonMovedIn, PersonMovedOut
from langso.community.people.models import Residence
from langso.community.people.rules.codes import CameBy, LeftBy, Relation
from langso.community.people.services.finding import BadDay, check_day, household_here, person_here, state_of, store
from langso.community.people.services.settling import Arrival, Departure, leave, settle
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError
from langso.kernel.journal.services import emit, service


class LivesHere(DomainError):
    code = "lives_here"
    message = _("This person already lives in a household of the commune.")


class LivesNotHere(DomainError):
    code = "lives_not_here"
    message = _("This person does not live in the commune now.")


class HasDied(DomainError):
    code = "has_died"
    message = _("This person's death is in the register.")


class SameHousehold(DomainError):
    code = "same_household"
    message = _("This person already lives in that household.")


@service
def move_in(
    actor: Actor,
    *,
    person_id: UUID,
    household_id: UUID,
    from_date: date,
    relation: Relation = Relation.UNKNOWN,
    came_from: str = "",
    reason: str = "",
) -> None:
    """Let a person of the register who had moved away live here again.

    Raises `LivesHere`, `HasDied`, `BadDay` (in the future, or before the last stay ended), `NotHere`, `WasMerged`.
    """
    require(access.can_change_register(actor), actor)
    person, household = person_here(person_id), household_here(household_id)
    if person.household:
        raise LivesHere()
    if person.death_date:
        raise HasDied()
    last = Residence.objects.filter(person=person).order_by("-to_date").first()
    check_day(from_date, today=clock.today(), not_before=last.to_date if last else None, field="from_date")
    arrival = Arrival(CameBy.MOVED_IN, from_date, came_from.strip(), reason.strip())
    settle(person, household, relation=relation, arrival=arrival, now=clock.now())
    emit(
        actor,
        PersonMovedIn(person=state_of(person), from_date=from_date, came_from=came_from.strip()),
        reason=reason.strip(),
    )


@service
def move_out(
    actor: Actor,
    *,
    person_id: UUID,
    on_date: date,
    left_for: str = "",
    reason: str = "",
    next_head_id: UUID | None = None,
) -> None:
    """Let a person leave the commune. A head names who comes after them; an empty household is closed.

    Raises `LivesNotHere`, `HeadMustBeNamed`, `NotAMember`, `BadDay`, `NotHere`, `WasMerged`.
    """
    require(access.can_change_register(actor), actor)
    person = person_here(person_id)
    if person.household is None:
        raise LivesNotHere()
    check_day(on_date, today=clock.today())
    departure = Departure(LeftBy.MOVED_OUT, on_date, left_for.strip(), reason.strip())
    household = leave(person, departure, next_head_id=next_head_id, now=clock.now())
    emit(
        actor,
        PersonMovedOut(
            person=state_of(person),
            household_id=household.pk,
            village_id=household.village_id,
            on_date=on_date,
            left_for=left_for.strip(),
        ),
        reason=reason.strip(),
    )


@service
def change_household(
    actor: Actor,
    *,
    person_id: UUID,
    household_id: UUID,
    on_date: date,
    relation: Relation = Relation.UNKNOWN,
    reason: str = "",
    next_head_id: UUID | None = None,
) -> None:
    """Let a person move to another household of the commune.

    Raises `LivesNotHere`, `SameHousehold`, `HeadMustBeNamed`, `NotAMember`, `BadDay`, `NotHere`, `WasMerged`.
    """
    require(access.can_change_register(actor), actor)
    person, household = person_here(person_id), household_here(household_id)
    if person.household is None:
        raise LivesNotHere()
    if person.household.pk == household.pk:
        raise SameHousehold()
    check_day(on_date, today=clock.today())
    now = clock.now()
    departure = Departure(LeftBy.OTHER_HOUSEHOLD, on_date, household.code, reason.strip())
    former = leave(person, departure, next_head_id=next_head_id, now=now)
    arrival = Arrival(CameBy.OTHER_HOUSEHOLD, on_date, former.code, reason.strip())
    settle(person, household, relation=relation, arrival=arrival, now=now)
    emit(
        actor,
        PersonChangedHousehold(person=state_of(person), from_household_id=former.pk, on_date=on_date),
        reason=reason.strip(),
    )


@service
def record_death(
    actor: Actor, *, person_id: UUID, on_date: date, reason: str = "", next_head_id: UUID | None = None
) -> None:
    """Write down a death, also of somebody who had moved away. `reason` says on what paper it stands.

    Raises `HasDied`, `HeadMustBeNamed`, `NotAMember`, `BadDay`, `NotHere`, `WasMerged`.
    """
    require(access.can_change_register(actor), actor)
    person = person_here(person_id)
    if person.death_date:
        raise HasDied()
    check_day(on_date, today=clock.today(), not_before=person.birth_date)
    if person.birth_year and on_date.year < person.birth_year:
        raise BadDay(fields={"on_date": BadDay.message})
    now, household_id = clock.now(), person.household_id
    if person.household:
        leave(person, Departure(LeftBy.DEATH, on_date, because=reason.strip()), next_head_id=next_head_id, now=now)
    store(person, now=now, death_date=on_date)
    emit(
        actor,
        PersonDied(person=state_of(person), household_id=household_id, on_date=on_date),
        reason=reason.strip(),
    )
