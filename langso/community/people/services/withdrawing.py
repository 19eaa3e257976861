"""Taking records back as if they had never been entered: only those that nobody has changed or used since."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from langso.community.people import access
from langso.community.people.events import HouseholdWithdrawn, PersonWithdrawn
from langso.community.people.models import Household, Merge, Person, Residence
from langso.community.people.rules.codes import Relation
from langso.community.people.services.finding import PERSON_KIND, state_of
from langso.community.people.services.uses import used_elsewhere
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Text
from langso.kernel.journal.services import emit, service
from langso.kernel.search import services as search

CHANGED = _("This record was changed after it was entered.")
USED = _("Other records refer to this person.")
HEADS_OTHERS = _("This person heads a household in which others still live.")


@dataclass(frozen=True, slots=True)
class NotWithdrawn:
    """A record that stays, and why."""

    person_id: UUID
    reason: Text


@service
def withdraw_many(actor: Actor, *, person_ids: Sequence[UUID]) -> list[NotWithdrawn]:
    """Take these persons back, with their households when nobody is left there and nobody uses them.

    Returns those that stay, with the reason. Lines of the access log stay in any case.
    """
    require(access.can_change_register(actor), actor)
    people = list(Person.objects.filter(pk__in=person_ids).select_related("household"))
    staying = _changed(people) | _used(people)
    staying |= _heads_of_others(people, staying)
    going = [person for person in people if person.pk not in staying]
    staying |= _delete(going)
    gone = [person for person in going if person.pk not in staying]
    search.remove_many(kind=PERSON_KIND, object_ids=[person.pk for person in gone])
    for person in gone:
        emit(actor, PersonWithdrawn(person=state_of(person)))
    _close_or_delete(actor, [person.household for person in gone if person.household])
    return [NotWithdrawn(person_id, reason) for person_id, reason in staying.items()]


def _changed(people: list[Person]) -> dict[UUID, Text]:
    return {person.pk: CHANGED for person in people if person.version > 1 or person.household is None}


def _used(people: list[Person]) -> dict[UUID, Text]:
    ids = [person.pk for person in people]
    used = used_elsewhere(ids)
    for merge in Merge.objects.filter(Q(kept__in=ids) | Q(merged__in=ids)):
        used |= {merge.kept_id, merge.merged_id}
    return {pk: USED for pk in ids if pk in used}


def _heads_of_others(people: list[Person], staying: dict[UUID, Text]) -> dict[UUID, Text]:
    """Heads whom somebody would be left without."""
    going = {person.pk for person in people if person.pk not in staying}
    heads = {person.household_id: person.pk for person in people if person.relation == Relation.HEAD}
    left = Person.objects.filter(household__in=[pk for pk in heads if pk]).exclude(pk__in=going)
    headless = set(left.values_list("household_id", flat=True))
    return {pk: HEADS_OTHERS for household_id, pk in heads.items() if household_id in headless and pk in going}


def _delete(people: list[Person]) -> dict[UUID, Text]:
    """Delete all of them, or, when a foreign key speaks against it, one by one; returns those that stay."""
    try:
        with transaction.atomic():
            Person.objects.filter(pk__in=[person.pk for person in people]).delete()
    except ProtectedError:
        return {person.pk: USED for person in people if not _deleted(person)}
    return {}


def _deleted(person: Person) -> bool:
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).delete()
    except ProtectedError:
        return False
    return True


def _close_or_delete(actor: Actor, households: list[Household]) -> None:
    """What becomes of households that were left: an empty one goes, unless it has a history or is used."""
    left = {household.pk: household for household in households}
    lived_in = set(Person.objects.filter(household__in=left).values_list("household_id", flat=True))
    known = set(Residence.objects.filter(household__in=left).values_list("household_id", flat=True))
    known |= used_elsewhere([pk for pk in left if pk not in lived_in])
    for pk, household in left.items():
        if pk in lived_in:
            continue
        if pk not in known and _household_deleted(household):
            emit(
                actor,
                HouseholdWithdrawn(household_id=pk, code=household.code, village_id=household.village_id),
            )


def _household_deleted(household: Household) -> bool:
    try:
        with transaction.atomic():
            Household.objects.filter(pk=household.pk).delete()
    except ProtectedError:
        return False
    return True
