"""Accounts of staff: opened by an operator with a first password, which its holder must change."""

import re
import secrets
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.accounts import access
from langso.kernel.accounts.events import AccountLocked, AccountOpened, AccountUnlocked, PasswordSet
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.rules import name_columns
from langso.kernel.accounts.selections import account_managed_by
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.ids import ALPHABET
from langso.kernel.journal.services import emit, service

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,59}")


class PasswordRefused(Invalid):
    """The password is too easy, or the present one is wrong; `fields` says which."""

    code = "password_refused"


class CannotLockSelf(DomainError):
    code = "cannot_lock_self"
    message = gettext_lazy("You cannot lock your own account.")


@service
def open_staff_account(actor: Actor, *, username: str, name: str) -> tuple[UUID, str]:
    """Open an account for somebody of the staff; returns its id and its first password, which is shown once.

    What they may do follows from the organisations that they are then made members of. Raises `Invalid`, `NotAllowed`.
    """
    require(access.can_operate(actor), actor)
    wanted = username.strip().lower()
    if not USERNAME.fullmatch(wanted):
        sentence = _("A user name has at least three letters a to z, digits, dots or dashes, and begins with a letter.")
        raise Invalid(sentence, fields={"username": sentence})
    if not name.strip():
        raise Invalid(_("Write the person's name."), fields={"name": _("Write the person's name.")})
    if Account.objects.filter(username=wanted).exists():
        raise Invalid(_("This user name is taken."), fields={"username": _("This user name is taken.")})
    account = Account(
        username=wanted,
        **name_columns(name=name.strip(), username=wanted),
        home_commune=actor.commune,
        must_change_password=True,
        opened_at=clock.now(),
    )
    password = _first_password()
    account.set_password(password)
    account.save(force_insert=True)
    emit(actor, AccountOpened(account_id=account.pk, username=wanted))
    return account.pk, password


@service
def give_first_password(actor: Actor, *, account_id: UUID) -> str:
    """Replace a forgotten password; returns the new one, shown once, to be changed at the next sign-in."""
    account = account_managed_by(actor, account_id=account_id)
    if not account.username:
        raise Invalid(_("This account signs in with its phone and has no password."))
    password = _first_password()
    account.set_password(password)
    Account.objects.filter(pk=account.pk).update(password=account.password, must_change_password=True)
    emit(actor, PasswordSet(account_id=account.pk, by_operator=True))
    return password


@service
def change_password(actor: Actor, *, present: str, wanted: str) -> None:
    """Change one's own password. Every other session of the account ends. Raises `PasswordRefused`."""
    account = Account.objects.get(pk=access.require_own_account(actor))
    if not account.check_password(present):
        raise PasswordRefused(fields={"present": _("This is not your present password.")})
    if present == wanted:
        raise PasswordRefused(fields={"wanted": _("The new password must be another one.")})
    try:
        validate_password(wanted, account)
    except ValidationError as problem:
        raise PasswordRefused(fields={"wanted": " ".join(problem.messages)}) from None
    account.set_password(wanted)
    Account.objects.filter(pk=account.pk).update(password=account.password, must_change_password=False)
    emit(actor, PasswordSet(account_id=account.pk, by_operator=False))


@service
def lock_account(actor: Actor, *, account_id: UUID) -> None:
    """Close an account at once: sessions and tokens of it are refused from the next request on."""
    account = account_managed_by(actor, account_id=account_id)
    if account.pk == actor.account_id:
        raise CannotLockSelf()
    if Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False):
        emit(actor, AccountLocked(account_id=account.pk))


@service
def unlock_account(actor: Actor, *, account_id: UUID) -> None:
    """Let a locked account sign in again."""
    account = account_managed_by(actor, account_id=account_id)
    if Account.objects.filter(pk=account.pk, is_active=False).update(is_active=True):
        emit(actor, AccountUnlocked(account_id=account.pk))


def _first_password() -> str:
    """60 random bits in three groups that can be read aloud."""
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(4)).lower() for _group in range(3))
