"""Visits as those see them who made them, or who opened the household's record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from langso.community.people import access
from langso.community.people.models import HouseholdVisit, VisitPurpose
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Text

MOST = 50


@dataclass(frozen=True, slots=True)
class Visit:
    """`purpose` in words; `by` is who went there."""

    household_code: str
    visit_date: date
    purpose: Text
    remark: str
    by: str


def own_visits(actor: Actor) -> tuple[Visit, ...]:
    """What the actor wrote down, the newest first. Raises `NotAllowed`, `SignInNeeded`."""
    require(access.can_note_visits(actor), actor)
    return _told(HouseholdVisit.objects.filter(visited_by=actor.account_id).order_by("-recorded_at"))


def visits_to(household_id: UUID) -> tuple[Visit, ...]:
    """All visits to a household, the newest first. Whoever shows them has opened the record."""
    return _told(HouseholdVisit.objects.filter(household=household_id).order_by("-visit_date", "-recorded_at"))


def _told(rows: QuerySet[HouseholdVisit]) -> tuple[Visit, ...]:
    read = rows.select_related("household")[:MOST]
    return tuple(
        Visit(row.household.code, row.visit_date, VisitPurpose(row.purpose).label, row.remark, row.visited_by_name)
        for row in read
    )
