"""Notes of visits to households."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langso.community.people import access
from langso.community.people.events import HouseholdVisited
from langso.community.people.models import Household, HouseholdVisit, VisitPurpose
from langso.community.people.rules.details import tidy_code
from langso.community.people.services.finding import check_day
from langso.community.people.services.households import NoSuchCode
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc


class VisitNeedsWords(Invalid):
    code = "visit_needs_words"
    message = _("Write in a few words what you saw or agreed.")

    def __init__(self) -> None:
        super().__init__(fields={"remark": self.message})


class VisitFormUsed(DomainError):
    code = "visit_form_used"
    message = _("This form was saved before, with something else in it. Open a new one.")


@service
def note_visit(
    actor: Actor, *, household_code: str, visit_date: date, purpose: VisitPurpose, remark: str, client_id: UUID
) -> UUID:
    """Write down a visit and return its id; the same form sent again returns the first one's.

    Raises `NoSuchCode`, `BadDay`, `VisitNeedsWords`, `VisitFormUsed`, `NotAllowed`, `SignInNeeded`.
    """
    require(access.can_note_visits(actor), actor)
    household = Household.objects.filter(code=tidy_code(household_code)).first()
    if household is None:
        raise NoSuchCode()
    check_day(visit_date, today=clock.today(), field="visit_date")
    words = nfc(remark).strip()
    if not words:
        raise VisitNeedsWords()
    visit = HouseholdVisit(
        client_id=client_id,
        household=household,
        visit_date=visit_date,
        purpose=purpose.value,
        remark=words,
        visited_by=actor.account_id,
        visited_by_name=actor.name,
        recorded_at=clock.now(),
    )
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        return _the_first(visit)
    emit(
        actor,
        HouseholdVisited(
            visit_id=visit.pk, household_id=household.pk, visit_date=visit_date, purpose=purpose.value, remark=words
        ),
    )
    return visit.pk


def _the_first(visit: HouseholdVisit) -> UUID:
    """The visit that this form made before. Raises `VisitFormUsed` when it says something else, or is another's."""
    same = ("household_id", "visit_date", "purpose", "remark", "visited_by")
    known = HouseholdVisit.objects.filter(client_id=visit.client_id).first()
    if known is None or any(getattr(known, name) != getattr(visit, name) for name in same):
        raise VisitFormUsed()
    return known.pk
