"""Rows for the screens and services of accounts themselves; nothing here crosses to others."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.accounts import access
from langso.kernel.accounts.models import Account, ApiToken, ApiTokenQuerySet, AssistSession
from langso.kernel.accounts.standing import standing_of
from langso.kernel.errors import NotHere


def account_managed_by(actor: Actor, *, account_id: UUID) -> Account:
    """The account, for an operator who may manage it. Raises `NotHere` for one that reaches beyond their commune."""
    require(access.can_operate(actor) or access.runs_whole_node(actor), actor)
    account = Account.objects.filter(pk=account_id).first()
    if account is None or not access.can_manage_account(actor, account, standing_of(account).memberships):
        raise NotHere(_("There is no such account."))
    return account


def accounts_managed_by(actor: Actor) -> QuerySet[Account]:
    """The accounts of an operator's list: of their commune, or of the whole node."""
    require(access.can_operate(actor), actor)
    every = Account.objects.all()
    return every if access.runs_whole_node(actor) else every.filter(home_commune=actor.commune)


def tokens_managed_by(actor: Actor) -> ApiTokenQuerySet:
    """The keys of an operator's list, newest first."""
    return ApiToken.objects.filter(account__in=accounts_managed_by(actor)).select_related("account")


def token_in_force(digest: str) -> ApiToken | None:
    """The key with this SHA-256, unless it is revoked, past its day or of a locked account."""
    row = ApiToken.objects.select_related("account").filter(digest=digest, revoked_at__isnull=True).first()
    return row if row and row.expires_at > clock.now() and row.account.is_active else None


def assist_in_force(assist_id: UUID, *, account_id: UUID) -> AssistSession | None:
    """The helper's assist session, unless it has ended or its time is over."""
    row = AssistSession.objects.filter(pk=assist_id, account_id=account_id, ended_at__isnull=True).first()
    return row if row and row.ends_at > clock.now() else None
