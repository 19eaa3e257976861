"""A business account acts as an organisation. It is nobody's personal account, so that the two never mix."""

from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from langso.community.organisations import access
from langso.community.organisations.events import BusinessAccountOpened
from langso.community.organisations.models import Member, Standing
from langso.community.organisations.queries.organisations import organisation_here
from langso.community.organisations.rules.roles import BUSINESS_KINDS
from langso.community.organisations.services.members import claim_members
from langso.kernel import clock
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune
from langso.kernel.errors import DomainError, Invalid, NotHere
from langso.kernel.journal.services import emit, service


class PersonalAccount(DomainError):
    code = "personal_account"
    message = _("This account belongs to a person. Open a separate account for the organisation.")


class NoSuchAccount(Invalid):
    code = "no_such_account"
    message = _("Nobody signs in with this user name or phone number here.")


class NotABusinessAccount(Invalid):
    code = "not_a_business"
    message = _("Only a cooperative, a union or a business has an account of its own.")


@service
def open_business_account(actor: Actor, *, organisation_id: UUID, account_id: UUID) -> UUID:
    """Let an account act as the organisation from today on, with its manager's rights; ended by `end_membership`.

    The account must not belong to a person nor hold anything else, now or later. Returns the membership's id. Raises
    `PersonalAccount`, `NotABusinessAccount`, `OrganisationGone`, `NotHere`.
    """
    organisation = organisation_here(organisation_id)
    require(access.can_give(actor, organisation, Role.COOPERATIVE_MANAGER), actor)
    if organisation.kind not in BUSINESS_KINDS:
        raise NotABusinessAccount()
    account = get_user_model().objects.filter(pk=account_id, home_commune=organisation.commune).first()
    if account is None:
        raise NotHere()
    claim_members(organisation)
    with every_commune("an account may be known in several communes"):
        holds_something = Member.objects.on_or_after(clock.today()).filter(account_id=account_id).exists()
    if account.person_id is not None or account_id == actor.account_id or holds_something:
        raise PersonalAccount()
    row = Member.objects.create(
        organisation=organisation,
        account_id=account_id,
        role=Role.COOPERATIVE_MANAGER.value,
        standing=Standing.BUSINESS,
        start_date=clock.today(),
        added_at=clock.now(),
        added_by=actor.account_id,
    )
    emit(
        actor,
        BusinessAccountOpened(
            organisation_id=organisation.pk, member_id=row.pk, account_id=account_id, start_date=row.start_date
        ),
    )
    return row.pk
