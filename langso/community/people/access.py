"""Who may do what with the register: one function a question.

Officers of the commune keep the register. Helpers find a person to help, and see no record but in that person's name. A
cooperative, the province and the operator get from the register only what other domains show them.
"""

from uuid import UUID

from langso.community.people.models import Household, Person
from langso.kernel.access.actors import Actor, Role


def can_search_register(actor: Actor) -> bool:
    return actor.has_role(Role.OFFICER, Role.HELPER)


def can_open_records(actor: Actor) -> bool:
    return actor.has_role(Role.OFFICER)


def can_change_register(actor: Actor) -> bool:
    return actor.has_role(Role.OFFICER)


def can_note_visits(actor: Actor) -> bool:
    return actor.has_role(Role.OFFICER, Role.HELPER)


def can_export_register(actor: Actor) -> bool:
    return actor.has_role(Role.OFFICER)


def can_decide_duplicates(actor: Actor) -> bool:
    return actor.has_role(Role.OFFICER)


def can_see_own_record(actor: Actor) -> bool:
    return actor.signed_in and actor.person_id is not None


def can_see_card(actor: Actor, person: Person) -> bool:
    """Name, sex, birth year and village: what it takes to pick the right person."""
    if can_search_register(actor) or actor.person_id == person.pk:
        return True
    return person.household_id is not None and _lives_in(actor, person.household_id)


def can_see_household_card(actor: Actor, household: Household) -> bool:
    return can_search_register(actor) or _lives_in(actor, household.pk)


def _lives_in(actor: Actor, household_id: UUID) -> bool:
    if actor.person_id is None:
        return False
    return Person.objects.filter(pk=actor.person_id, household_id=household_id).exists()
