"""Who may see and change plots and seasons."""

from uuid import UUID

from langso.community.people import queries as people
from langso.farm.plots.models import COOPERATIVE_STAFF, Plot, Season
from langso.kernel.access.actors import Actor, Role


def own_household(actor: Actor) -> UUID | None:
    """The household of the person in whose name the actor acts (a helper's resident in assisted mode)."""
    return people.household_of(actor.person_id) if actor.person_id else None


def can_change_household_land(actor: Actor, household_id: UUID) -> bool:
    """Only the household's own people, themselves or through a helper, change its plots and seasons."""
    return actor.is_system or (actor.signed_in and own_household(actor) == household_id)


def can_see_plot(actor: Actor, plot: Plot) -> bool:
    """Its household, the commune's officers, and the cooperatives it is or was grown for."""
    if can_change_household_land(actor, plot.household_id) or actor.has_role(Role.OFFICER):
        return True
    staffed = actor.organisation_ids(*COOPERATIVE_STAFF)
    return bool(staffed) and plot.seasons.filter(organisation_id__in=staffed).exists()


def can_see_season(actor: Actor, season: Season) -> bool:
    """Its household, the commune's officers, and the staff of the cooperative that it is grown for."""
    if can_change_household_land(actor, season.plot.household_id) or actor.has_role(Role.OFFICER):
        return True
    return season.organisation_id in actor.organisation_ids(*COOPERATIVE_STAFF)


def can_list_members_land(actor: Actor) -> bool:
    """The desk's lists: cooperative staff (their own seasons) and officers (the commune)."""
    return actor.has_role(Role.OFFICER, *COOPERATIVE_STAFF)
