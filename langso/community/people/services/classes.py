"""What households count as, from when to when: poor, near-poor, policy household …"""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.community.people import access
from langso.community.people.events import HouseholdClassEnded, HouseholdClassified
from langso.community.people.models import HouseholdStatus
from langso.community.people.rules.codes import LIVING_STANDARDS, HouseholdClass
from langso.community.people.services.finding import check_day, claim, household_here
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc


class ClassUnchanged(DomainError):
    code = "household_class_unchanged"
    message = _("The household already counts as this.")


class ClassNotHeld(DomainError):
    code = "household_class_not_held"
    message = _("The household does not count as this now.")


@service
def classify_household(
    actor: Actor, *, household_id: UUID, kind: HouseholdClass, from_date: date, decision: str = ""
) -> None:
    """Let a household count as poor, near-poor … from a day on. A new standard of living ends the one before.

    Raises `ClassUnchanged`, `BadDay` (in the future, or before the class that it ends), `NotHere`.
    """
    require(access.can_change_register(actor), actor)
    household = household_here(household_id)
    check_day(from_date, today=clock.today(), field="from_date")
    standing = list(HouseholdStatus.objects.filter(household=household, to_date=None))
    if any(status.kind == kind for status in standing):
        raise ClassUnchanged()
    ended = [status for status in standing if {kind, HouseholdClass(status.kind)} <= LIVING_STANDARDS]
    claim(household)
    for status in ended:
        check_day(from_date, today=clock.today(), not_before=status.from_date, field="from_date")
        HouseholdStatus.objects.filter(pk=status.pk).update(to_date=from_date)
    HouseholdStatus.objects.create(
        household=household,
        kind=kind.value,
        from_date=from_date,
        decision=nfc(decision).strip(),
        recorded_at=clock.now(),
    )
    emit(
        actor,
        HouseholdClassified(
            household_id=household.pk,
            village_id=household.village_id,
            kind=kind.value,
            from_date=from_date,
            to_date=None,
            decision=nfc(decision).strip(),
            ended=tuple(status.kind for status in ended),
        ),
    )


@service
def end_household_class(
    actor: Actor, *, household_id: UUID, kind: HouseholdClass, to_date: date, reason: str = ""
) -> None:
    """Let a household no longer count as something. Raises `ClassNotHeld`, `BadDay`, `NotHere`."""
    require(access.can_change_register(actor), actor)
    household = household_here(household_id)
    status = HouseholdStatus.objects.filter(household=household, kind=kind.value, to_date=None).first()
    if status is None:
        raise ClassNotHeld()
    check_day(to_date, today=clock.today(), not_before=status.from_date, field="to_date")
    HouseholdStatus.objects.filter(pk=status.pk).update(to_date=to_date)
    emit(
        actor,
        HouseholdClassEnded(
            household_id=household.pk, village_id=household.village_id, kind=kind.value, to_date=to_date
        ),
        reason=reason,
    )
