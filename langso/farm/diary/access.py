"""Who may read, write and check a diary."""

from uuid import UUID

from langso.community.people import queries as people
from langso.farm.diary.models import Entry
from langso.farm.plots import queries as plots
from langso.farm.plots.queries import SeasonCard
from langso.kernel.access.actors import Actor, Role

COOPERATIVE_STAFF = (Role.COOPERATIVE_MANAGER, Role.INSPECTOR)


def own_household(actor: Actor) -> UUID | None:
    """The household of the person in whose name the actor acts (a helper's resident in assisted mode)."""
    return people.household_of(actor.person_id) if actor.person_id else None


def can_write_diary(actor: Actor, household_id: UUID) -> bool:
    """Only the household's own people, themselves or through a helper, write their diary."""
    return actor.is_system or (actor.signed_in and own_household(actor) == household_id)


def can_see_season(actor: Actor, season: SeasonCard) -> bool:
    """Its household, the commune's officers, the manager and the inspector of the cooperative it is grown for."""
    if can_write_diary(actor, season.household_id) or actor.has_role(Role.OFFICER):
        return True
    return season.organisation_id in actor.organisation_ids(*COOPERATIVE_STAFF)


def can_see_entry(actor: Actor, entry: Entry) -> bool:
    """An entry is seen by whoever sees its season; an input by whoever sees one of the household's seasons."""
    if can_write_diary(actor, entry.household_id) or actor.has_role(Role.OFFICER):
        return True
    return bool(organisations_of(entry) & set(actor.organisation_ids(*COOPERATIVE_STAFF)))


def can_check_entry(actor: Actor, entry: Entry) -> bool:
    """Inspectors of the cooperative that the season is grown for; never of their own household's diary."""
    if actor.is_system:
        return True
    if not organisations_of(entry) & set(actor.organisation_ids(Role.INSPECTOR)):
        return False
    return own_household(actor) != entry.household_id


def can_answer_concern(actor: Actor, entry: Entry) -> bool:
    """The inspector; where no cooperative checks the season, the household itself (the page says so)."""
    if organisations_of(entry):
        return can_check_entry(actor, entry)
    return can_write_diary(actor, entry.household_id)


def can_open_check_queue(actor: Actor) -> bool:
    return actor.has_role(Role.INSPECTOR)


def can_load_input_list(actor: Actor) -> bool:
    """The operator of the node, in a command or as a person."""
    return actor.has_role(Role.OPERATOR)


def organisations_of(entry: Entry) -> set[UUID]:
    """The cooperatives for which what the entry tells is grown."""
    if entry.season_id is not None:
        seasons = [plots.season_card(season_id=entry.season_id)]
    else:
        seasons = plots.seasons_of_household(household_id=entry.household_id)
    return {season.organisation_id for season in seasons if season.organisation_id}
