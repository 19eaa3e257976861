"""Keys with which programs act as an account."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langso.kernel import clock
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.require import require
from langso.kernel.accounts import access, rules
from langso.kernel.accounts.events import TokenIssued, TokenRevoked
from langso.kernel.accounts.models import ApiToken
from langso.kernel.accounts.selections import account_managed_by
from langso.kernel.errors import DomainError, Invalid, NotHere
from langso.kernel.journal.services import emit, service

PREFIX = "langso_"
"""So that a leaked key is recognised for what it is, by people and by scanners."""

USED_STEP = timedelta(minutes=5)


class AlreadyRevoked(DomainError):
    code = "already_revoked"
    message = gettext_lazy("This key was already revoked.")


def digest_of(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so a plain hash cannot be reversed by trial."""
    return hashlib.sha256(token.encode()).hexdigest()


@service
def issue_token(
    actor: Actor, *, account_id: UUID, label: str, days: int = rules.TOKEN_DAYS, role: Role | None = None
) -> str:
    """Make a key that acts as an account for `days` days, in all its roles or only in `role`. Shown once, never kept.

    Raises `Invalid` (label empty, days not in 1 … 366), `NotHere`, `NotAllowed`.
    """
    account = account_managed_by(actor, account_id=account_id)
    if not label.strip():
        raise Invalid(_("Say what the key is for."), fields={"label": _("Say what the key is for.")})
    if not 1 <= days <= rules.TOKEN_MOST_DAYS:
        sentence = _("A key lasts from 1 to %(most)d days.") % {"most": rules.TOKEN_MOST_DAYS}
        raise Invalid(sentence, fields={"days": sentence})
    now = clock.now()
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        digest=digest_of(token),
        account_id=account.pk,
        label=label.strip(),
        role=role or "",
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    emit(
        actor,
        TokenIssued(token_id=row.pk, account_id=account.pk, label=row.label, role=row.role, expires_at=row.expires_at),
    )
    return token


@service
def revoke_token(actor: Actor, *, token_id: UUID) -> None:
    """End a key at once. Raises `AlreadyRevoked`, `NotHere`, `NotAllowed`."""
    require(access.can_operate(actor), actor)
    row = ApiToken.objects.filter(pk=token_id).first()
    if row is None:
        raise NotHere(_("There is no such key."))
    account_managed_by(actor, account_id=row.account_id)
    if not ApiToken.objects.filter(pk=token_id, revoked_at__isnull=True).update(revoked_at=clock.now()):
        raise AlreadyRevoked()
    emit(actor, TokenRevoked(token_id=row.pk, account_id=row.account_id))


def mark_token_used(row: ApiToken) -> None:
    """Note the last use, at most every five minutes, so that a busy program does not write at every request."""
    now = clock.now()
    if row.used_at is None or row.used_at < now - USED_STEP:
        ApiToken.objects.filter(pk=row.pk).update(used_at=now)
