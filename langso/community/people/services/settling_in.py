"""A new household with its head, in one act."""

from uuid import UUID

from langso.community.people.rules.codes import Relation
from langso.community.people.rules.details import PersonDetails
from langso.community.people.services.households import form_household
from langso.community.people.services.registering import register_person
from langso.community.people.services.settling import Arrival
from langso.kernel.access.actors import Actor
from langso.kernel.journal.services import service


@service
def register_head(
    actor: Actor,
    *,
    details: PersonDetails,
    village_id: UUID,
    code: str = "",
    address: str = "",
    arrival: Arrival | None = None,
    is_somebody_else: bool = False,
) -> UUID:
    """Enter a person and the new household that they head. Returns the person's id.

    Raises what `form_household` and `register_person` raise; then neither is there.
    """
    household_id = form_household(actor, village_id=village_id, code=code, address=address)
    return register_person(
        actor,
        details=details,
        household_id=household_id,
        relation=Relation.HEAD,
        arrival=arrival,
        is_somebody_else=is_somebody_else,
    )
