"""Somebody joins an organisation, gets a role, leaves. Nothing is deleted: who was an officer in March stays known."""

from datetime import date
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from langso.community.organisations import access
from langso.community.organisations.events import (
    BusinessAccountClosed,
    MemberJoined,
    MemberLeft,
    RoleEnded,
    RoleGiven,
)
from langso.community.organisations.models import Member, MemberQuerySet, Organisation, Standing, is_person
from langso.community.organisations.queries.members import member_here
from langso.community.organisations.queries.organisations import organisation_here
from langso.community.organisations.rules.roles import PLAIN, ROLES_OF_KIND, overlap
from langso.kernel import clock
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune
from langso.kernel.access.sources import SOURCES
from langso.kernel.errors import AccessDenied, DomainError, Invalid, NotHere
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc

PROVINCES = "an office of the province belongs to no commune"


class NobodyNamed(Invalid):
    code = "nobody_named"
    message = _("Say who it is: a person of the register or an account.")


class RoleNotGivenHere(Invalid):
    code = "role_not_given_here"
    message = _("This kind of organisation cannot give this role.")


class BadPeriod(Invalid):
    code = "bad_period"
    message = _("The last day lies before the first.")


class AlreadyHeld(DomainError):
    code = "role_already_held"
    message = _("This person already has this role in that time.")


class AlreadyEnded(DomainError):
    code = "membership_already_ended"
    message = _("This membership has already ended.")


class OrganisationGone(DomainError):
    code = "organisation_gone"
    message = _("The organisation was closed.")


class BusinessAccountTaken(DomainError):
    code = "business_account_taken"
    message = _("This account acts as an organisation. Give the role to a person's own account.")


class NotForYourself(AccessDenied):
    code = "not_for_yourself"
    message = _("Nobody gives a role to themselves. Ask another officer or the operator.")


@service
def add_member(
    actor: Actor,
    *,
    organisation_id: UUID,
    person_id: UUID | None = None,
    account_id: UUID | None = None,
    role: Role | None = None,
    start_date: date | None = None,
    end_date: date | None = None,
    note: str = "",
) -> UUID:
    """Make a person of the register, or an account without one, a member; with a role of access when `role` is given.

    It holds from `start_date` (today) until the day before `end_date` (open). Returns the membership's id. Raises
    `NobodyNamed`, `RoleNotGivenHere`, `BadPeriod`, `AlreadyHeld`, `OrganisationGone`, `NotForYourself`,
    `BusinessAccountTaken`, `NotHere`.
    """
    organisation = organisation_here(organisation_id)
    wanted = role.value if role else PLAIN
    require(access.can_give(actor, organisation, wanted), actor)
    if wanted != PLAIN and access.is_oneself(actor, person_id=person_id, account_id=account_id):
        raise NotForYourself()
    if wanted not in ROLES_OF_KIND[organisation.kind]:
        raise RoleNotGivenHere(fields={"role": RoleNotGivenHere.message})
    begins = start_date or clock.today()
    if end_date is not None and end_date <= begins:
        raise BadPeriod(fields={"end_date": BadPeriod.message})
    person_id = _known_somebody(organisation, person_id, account_id)
    with every_commune(PROVINCES):
        claim_members(organisation)
        others = list(_held_by(organisation, person_id, account_id))
        if any(row.role == wanted and overlap((begins, end_date), (row.start_date, row.end_date)) for row in others):
            raise AlreadyHeld(fields={"role": AlreadyHeld.message})
        row = Member.objects.create(
            organisation=organisation,
            commune=organisation.commune,
            person_id=person_id,
            account_id=account_id,
            role=wanted,
            start_date=begins,
            end_date=end_date,
            note=nfc(note).strip(),
            added_at=clock.now(),
            added_by=actor.account_id,
        )
    _emit_joined(actor, row, is_new=not any(overlap((begins, end_date), (o.start_date, o.end_date)) for o in others))
    return row.pk


@service
def end_membership(actor: Actor, *, member_id: UUID, end_date: date | None = None, reason: str = "") -> None:
    """End a membership or role: at once when no day is given, else on that day (from today on).

    Raises `AlreadyEnded`, `BadPeriod` for a day that is over, `NotHere`.
    """
    row = member_here(member_id)
    require(access.can_end(actor, row.organisation, row), actor)
    today = clock.today()
    if end_date is not None and end_date < today:
        raise BadPeriod(fields={"end_date": _("Choose today or a later day.")})
    if row.end_date is not None and row.end_date <= today:
        raise AlreadyEnded()
    _end(actor, row, max(end_date or today, row.start_date), reason=nfc(reason).strip())


def end_all(actor: Actor, *, organisation: Organisation, day: date) -> None:
    """End whatever is held in an organisation that closes. Part of its service; every commune is open."""
    claim_members(organisation)
    for row in Member.objects.on_or_after(day).filter(organisation=organisation):
        _end(actor, row, max(day, row.start_date), reason="")


def claim_members(organisation: Organisation) -> None:
    """Make changes of one organisation's members wait for each other. Raises `OrganisationGone`."""
    rows = Organisation.objects.filter(pk=organisation.pk)
    if organisation.closed_date is not None or not rows.update(revision=F("revision") + 1):
        raise OrganisationGone()


def _end(actor: Actor, row: Member, day: date, *, reason: str) -> None:
    """Claim the end; tell whether it was the last thing that somebody held."""
    with every_commune(PROVINCES):
        still_held = Member.objects.on_or_after(day).filter(pk=row.pk)
        if not still_held.update(end_date=day, ended_at=clock.now(), ended_by=actor.account_id):
            raise AlreadyEnded()
        rest = _held_by(row.organisation, row.person_id, row.account_id).exclude(pk=row.pk)
        left = not rest.on_or_after(day).exists()
    organisation_id = row.organisation_id
    if row.standing == Standing.BUSINESS:
        assert row.account_id is not None
        closed = BusinessAccountClosed(
            organisation_id=organisation_id, member_id=row.pk, account_id=row.account_id, end_date=day
        )
        emit(actor, closed, reason=reason)
        return
    who = {"organisation_id": organisation_id, "member_id": row.pk}
    if row.role:
        emit(
            actor,
            RoleEnded(**who, person_id=row.person_id, account_id=row.account_id, role=row.role, end_date=day),
            reason=reason,
        )
    if left:
        emit(actor, MemberLeft(**who, person_id=row.person_id, account_id=row.account_id, end_date=day), reason=reason)


def _held_by(organisation: Organisation, person_id: UUID | None, account_id: UUID | None) -> MemberQuerySet:
    same = Q(pk__in=())
    if person_id is not None:
        same |= is_person(person_id)
    if account_id is not None:
        same |= Q(account_id=account_id)
    return Member.objects.filter(same, organisation=organisation)


def _known_somebody(organisation: Organisation, person_id: UUID | None, account_id: UUID | None) -> UUID | None:
    """The person's id as it stands today: of a record that was merged away, the one that was kept."""
    if person_id is None and account_id is None:
        raise NobodyNamed()
    if account_id is not None:
        _check_account(account_id)
    if person_id is None:
        return None
    person = SOURCES.people.person(person_id) if SOURCES.people else None
    if person is None or person.commune != organisation.commune:
        raise NotHere()
    return person.id


def _check_account(account_id: UUID) -> None:
    if not get_user_model().objects.filter(pk=account_id).exists():
        raise NotHere()
    with every_commune("an account may be known in several communes"):
        if Member.objects.on_or_after(clock.today()).filter(account_id=account_id, standing=Standing.BUSINESS).exists():
            raise BusinessAccountTaken()


def _emit_joined(actor: Actor, row: Member, *, is_new: bool) -> None:
    if is_new:
        emit(
            actor,
            MemberJoined(
                organisation_id=row.organisation_id,
                member_id=row.pk,
                person_id=row.person_id,
                account_id=row.account_id,
                start_date=row.start_date,
                end_date=row.end_date,
            ),
        )
    if row.role:
        emit(
            actor,
            RoleGiven(
                organisation_id=row.organisation_id,
                member_id=row.pk,
                person_id=row.person_id,
                account_id=row.account_id,
                role=row.role,
                start_date=row.start_date,
                end_date=row.end_date,
            ),
        )
