"""Reads of accounts: who acts, in which commune, and whom the log-in page offers in demo mode."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils.translation import gettext_lazy

from langso.kernel.access.actors import NOBODY, Actor, Role
from langso.kernel.access.require import require
from langso.kernel.access.sources import SOURCES, KnownCommune, KnownPerson
from langso.kernel.accounts import access
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.standing import standing_of
from langso.kernel.accounts.words import ROLE_NAMES
from langso.kernel.errors import NotHere
from langso.kernel.phones import phone_on_screen


def actor_of(account_id: UUID, *, commune: str = "") -> Actor:
    """The actor as which a request of this account would act. Raises `Account.DoesNotExist`."""
    return standing_of(Account.objects.get(pk=account_id)).actor(commune)


def visitor(commune: str = "") -> Actor:
    """Nobody in particular, in a commune or in this node's own."""
    return replace(NOBODY, commune=commune or settings.COMMUNE)


def commune_name(code: str) -> str:
    """The commune's name as people say it, or its code when this node does not know it."""
    known: KnownCommune | None = SOURCES.places.commune(code) if SOURCES.places else None
    return known.name if known else code


@dataclass(frozen=True, slots=True)
class Seat:
    """A commune that an account may open, and what it is there."""

    commune: str
    name: str
    roles: tuple[Role, ...]

    def role_names(self) -> list[str]:
        return role_names(self.roles)


def roles_of(actor: Actor) -> tuple[Role, ...]:
    """What the actor is in the open commune, in the order of `Role`, each once."""
    held = {each.role for each in actor.memberships if each.commune in ("", actor.commune)}
    return tuple(role for role in Role if role in held or (role == Role.RESIDENT and actor.person_id))


def roles_of_account(account_id: UUID) -> tuple[Role, ...]:
    """Everything that an account is, in whatever commune, in the order of `Role`."""
    standing = standing_of(Account.objects.get(pk=account_id))
    held = {each.role for each in standing.memberships}
    return tuple(role for role in Role if role in held or (role == Role.RESIDENT and standing.person))


def role_names(roles: Iterable[Role]) -> list[str]:
    """The roles in words of the active language."""
    return [str(ROLE_NAMES[role]) for role in roles]


def seats_of(actor: Actor) -> list[Seat]:
    """The communes that the actor's account may open, with its roles in each."""
    standing = standing_of(Account.objects.get(pk=access.own_account_id(actor)))
    return [Seat(code, commune_name(code), roles_of(standing.actor(code))) for code in standing.communes()]


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What somebody sees of their own account."""

    name: str
    phone: str
    username: str
    is_linked: bool
    commune: str
    roles: tuple[str, ...]
    sessions: int
    has_several_communes: bool


def own_account(actor: Actor) -> OwnAccount:
    """The actor's own account. Raises `SignInNeeded`, `ClosedWhileAssisting`."""
    account = Account.objects.get(pk=access.require_own_account(actor))
    return OwnAccount(
        name=account.name,
        phone=phone_on_screen(account.phone or ""),
        username=account.username or "",
        is_linked=account.person_id is not None,
        commune=commune_name(actor.commune),
        roles=tuple(role_names(roles_of(actor))),
        sessions=len(UserSession.objects.purge_and_list(account)),
        has_several_communes=len(seats_of(actor)) > 1,
    )


class ResidentNotFound(NotHere):
    code = "resident_not_found"
    message = gettext_lazy("Nobody in this commune was found. Check the number, or look for the name in the register.")


def resident_to_assist(actor: Actor, *, person_id: UUID | None = None, phone: str = "") -> KnownPerson:
    """The person of the open commune with this id or phone (+84…). Raises `NotAllowed`, `ResidentNotFound`."""
    require(access.can_assist(actor), actor)
    person = None
    if SOURCES.people:
        person = SOURCES.people.person(person_id) if person_id else SOURCES.people.person_by_phone(phone)
    if person is None or person.commune != actor.commune:
        raise ResidentNotFound()
    return person


def person_to_link(actor: Actor, *, person_id: UUID) -> KnownPerson:
    """The person of the open commune to whom an officer ties a phone. Raises `NotAllowed`, `ResidentNotFound`."""
    require(access.can_link(actor), actor)
    person = SOURCES.people.person(person_id) if SOURCES.people else None
    if person is None or person.commune != actor.commune:
        raise ResidentNotFound()
    return person


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody as whom a visitor of a demonstration can sign in with one touch."""

    account_id: UUID
    name: str
    role: Role
    sign_in_name: str

    @property
    def role_name(self) -> str:
        return str(ROLE_NAMES[self.role])


def demo_accounts() -> list[DemoAccount]:
    """The accounts of the demonstration, residents first; none unless this node is in demo mode."""
    accounts: Iterable[Account] = Account.objects.filter(is_demo=True, is_active=True) if settings.DEMO else ()
    found = [_demo_account(account) for account in accounts]
    order = list(Role)
    return sorted(found, key=lambda each: (order.index(each.role), each.name))


def _demo_account(account: Account) -> DemoAccount:
    roles = roles_of(standing_of(account).actor())
    return DemoAccount(
        account_id=account.pk,
        name=account.name,
        role=roles[-1] if roles else Role.RESIDENT,
        sign_in_name=account.username or phone_on_screen(account.phone or ""),
    )
