"""Who may do what with lots. One function a question."""

from uuid import UUID

from langso.community.people.queries import household_of
from langso.kernel.access.actors import Actor, Role
from langso.trade.trace.models import Lot


def own_household(actor: Actor) -> UUID | None:
    return household_of(actor.person_id) if actor.person_id else None


def can_record_lot(actor: Actor, *, organisation_id: UUID | None, household_id: UUID | None) -> bool:
    """A cooperative's manager for the cooperative, a household for itself."""
    if organisation_id is not None:
        return actor.has_role(Role.COOPERATIVE_MANAGER, organisation_id=organisation_id)
    return actor.is_system or (household_id is not None and own_household(actor) == household_id)


def can_manage_lot(actor: Actor, lot: Lot) -> bool:
    """Whoever keeps the lot: the cooperative's manager, or the household where no cooperative keeps it."""
    return can_record_lot(actor, organisation_id=lot.organisation_id, household_id=lot.household_id)


def can_see_lot(actor: Actor, lot: Lot) -> bool:
    """The lot's desk page: its keeper and inspector, the household that grew it, the commune's staff."""
    if actor.has_role(Role.OFFICER, Role.HELPER) or can_manage_lot(actor, lot):
        return True
    if lot.organisation_id is not None and actor.has_role(Role.INSPECTOR, organisation_id=lot.organisation_id):
        return True
    return lot.household_id is not None and own_household(actor) == lot.household_id


def can_hold_lot(actor: Actor, lot: Lot) -> bool:
    """Stopping is easy: the keeper, the cooperative's inspector, an officer."""
    inspects = lot.organisation_id is not None and actor.has_role(Role.INSPECTOR, organisation_id=lot.organisation_id)
    return inspects or actor.has_role(Role.OFFICER) or can_manage_lot(actor, lot)


def can_release_lot(actor: Actor, lot: Lot) -> bool:
    """Letting go needs a second pair of eyes: a household never releases its own lot."""
    if lot.organisation_id is not None:
        return actor.has_role(Role.COOPERATIVE_MANAGER, Role.INSPECTOR, organisation_id=lot.organisation_id)
    return actor.has_role(Role.OFFICER)


def can_settle_suspicions(actor: Actor) -> bool:
    return actor.has_role(Role.OFFICER, Role.COOPERATIVE_MANAGER)


def can_see_copies(actor: Actor) -> bool:
    """The lots of all communes, as they told them: the province's."""
    return actor.has_role(Role.PROVINCE_OFFICER)


def can_use_desk(actor: Actor) -> bool:
    """Whether the working list of lots means anything to the actor."""
    return (
        actor.has_role(Role.COOPERATIVE_MANAGER, Role.INSPECTOR, Role.OFFICER, Role.HELPER)
        or own_household(actor) is not None
    )
