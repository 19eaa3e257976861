"""Signing in with a phone: a code goes out, comes back, opens the account and ties it to its person."""

import logging
import secrets
from dataclasses import replace
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.sources import SOURCES, KnownPerson
from langso.kernel.accounts import access, rules
from langso.kernel.accounts.delivery import DELIVERY, NotSent
from langso.kernel.accounts.events import AccountOpened, PasswordVerified, PersonLinked, PhoneVerified
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.queries import person_to_link
from langso.kernel.accounts.services import tries
from langso.kernel.errors import DomainError, Invalid, NotHere
from langso.kernel.journal.services import emit, service, writing

log = logging.getLogger(__name__)


class CodeNotSent(DomainError):
    code = "code_not_sent"
    status = 503
    message = gettext_lazy("The message could not be sent. Try again in a few minutes, or ask at your commune office.")


class WrongCode(Invalid):
    code = "wrong_code"
    message = gettext_lazy("This is not the code. Look at the newest message and type its six digits.")


def send_code(actor: Actor, *, phone: str) -> str:
    """Send a fresh one-time code to a phone (+84…) and return its keyed digest, which is all that is kept of it.

    Known and unknown numbers are treated alike: the account is opened when the code comes back. Raises `TooManyTries`,
    `CodeNotSent`.
    """
    tries.spend(rules.CODES_FROM_ADDRESS, subject=actor.address)
    tries.raise_if_used_up(rules.WRONG_CODES, subject=phone)
    tries.spend(rules.CODES_TO_PHONE, subject=phone)
    tries.spend(rules.CODES_TO_PHONE_A_DAY, subject=phone)
    tries.spend(rules.CODES_OF_NODE, subject="")
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    sentence = _("Code to enter Lang So: %(code)s. Good for %(minutes)d minutes. Tell nobody, not even an officer.")
    minutes = int(rules.CODE_LIFETIME.total_seconds() // 60)
    try:
        _send(phone, rules.for_sms(sentence % {"code": code, "minutes": minutes}))
    except NotSent as failure:
        log.warning("A one-time code could not be sent: %s", failure)
        raise CodeNotSent() from None
    return _digest(phone, code)


def check_code(actor: Actor, *, phone: str, typed: str, digest: str) -> None:
    """Compare a typed code with the one that was sent to this phone. Raises `WrongCode`, `TooManyTries`."""
    tries.spend(rules.WRONG_CODES, subject=phone)
    digits = "".join(letter for letter in typed if letter.isdecimal())
    if not digest or not constant_time_compare(_digest(phone, digits), digest):
        tries.raise_if_used_up(rules.WRONG_CODES, subject=phone)
        raise WrongCode()
    tries.forgive(rules.WRONG_CODES, subject=phone)


def _digest(phone: str, code: str) -> str:
    """Keyed with the node's secret: whoever only reads the database cannot try the million codes."""
    return salted_hmac("accounts.one-time-code", f"{phone}:{code}", algorithm="sha256").hexdigest()


def _send(phone: str, text: str) -> None:
    if DELIVERY.texts is None:
        raise NotSent("no SMS gateway is set up")
    DELIVERY.texts.send(phone=phone, text=text)


class WrongPassword(Invalid):
    code = "wrong_password"
    message = gettext_lazy("User name or password is wrong. Forgotten? Your operator gives you a new one.")


class AccountLockedOut(DomainError):
    code = "account_locked"
    message = gettext_lazy("This account is locked. Ask at your commune office.")


def check_password(actor: Actor, *, username: str, password: str) -> UUID:
    """The account with this user name and password. Raises `WrongPassword`, `TooManyTries`, `AccountLockedOut`.

    An unknown user name costs the same time and the same tries as a wrong password.
    """
    wanted = username.strip().lower()
    tries.spend(rules.PASSWORDS_FROM_ADDRESS, subject=actor.address)
    tries.spend(rules.WRONG_PASSWORDS, subject=wanted)
    AuthenticationBackend.unstash_authenticated_user()
    found = authenticate(username=wanted, password=password)
    locked = AuthenticationBackend.unstash_authenticated_user()
    if isinstance(found, Account) and found.is_demo and not settings.DEMO:
        found = None  # everybody knows the password of invented people
    if found is None and locked is None:
        tries.raise_if_used_up(rules.WRONG_PASSWORDS, subject=wanted)
        raise WrongPassword()
    tries.forgive(rules.WRONG_PASSWORDS, subject=wanted)
    if not isinstance(found, Account):
        raise AccountLockedOut()
    with writing():
        holder = replace(actor, account_id=found.pk, name=found.name)
        emit(holder, PasswordVerified(account_id=found.pk))
    return found.pk


@service
def verify_phone(actor: Actor, *, phone: str) -> UUID:
    """The holder of a phone (+84…) has proved it: open their account if there is none, and tie it to the one person of
    the register who has this number. Returns the account's id."""
    now = clock.now()
    account, opened = Account.objects.get_or_create(
        phone=phone,
        defaults={
            "opened_at": now,
            "home_commune": actor.commune,
            "password": make_password(None),
            **rules.name_columns(phone=phone),
        },
    )
    Account.objects.filter(pk=account.pk).update(phone_verified_at=now)
    holder = replace(actor, account_id=account.pk, name=account.name)
    if opened:
        emit(holder, AccountOpened(account_id=account.pk, phone=phone))
    emit(holder, PhoneVerified(account_id=account.pk, phone=phone))
    person = SOURCES.people.person_by_phone(phone) if SOURCES.people else None
    if person:
        _link(holder, account, person)
    return account.pk


@service
def end_all_sessions(actor: Actor) -> None:
    """Sign the account out on every device. Raises `SignInNeeded`, `ClosedWhileAssisting`."""
    for session in UserSession.objects.filter(user_id=access.require_own_account(actor)):
        session.end()


@service
def link_person(actor: Actor, *, phone: str, person_id: UUID) -> UUID:
    """Tie the account of a phone to a person by hand, as an officer who has both before them; for phones that several
    people share. Returns the account's id. Raises `NotHere` when the commune has no such person, or nobody signed in
    with this phone yet."""
    person = person_to_link(actor, person_id=person_id)
    account = Account.objects.filter(phone=phone, phone_verified_at__isnull=False).first()
    if account is None:
        raise NotHere(_("Nobody has signed in with this phone yet. Let them sign in once, then link it."))
    _link(actor, account, person)
    return account.pk


def _link(actor: Actor, account: Account, person: KnownPerson) -> None:
    """The register decides: a number that moved on to somebody else moves the account's person as well."""
    if account.person_id == person.id:
        return
    moved = Account.objects.filter(pk=account.pk, person_id=account.person_id)
    names = rules.name_columns(name=person.name, username=account.username or "", phone=account.phone or "")
    if moved.update(person_id=person.id, home_commune=person.commune, **names):
        emit(actor, PersonLinked(account_id=account.pk, person_id=person.id, before=account.person_id))
