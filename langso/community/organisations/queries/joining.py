"""Who could be meant when somebody is to join: found by phone, by user name, and for officers by name."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q

from langso.community.organisations import access
from langso.community.organisations.models import Organisation
from langso.community.organisations.queries.organisations import organisation_here
from langso.community.people.queries import search_people
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.sources import SOURCES
from langso.kernel.phones import read_phone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the register or, when they are in no register here, an account. `hint` tells namesakes apart."""

    person_id: UUID | None
    account_id: UUID | None
    name: str
    hint: str


def candidates(actor: Actor, *, organisation_id: UUID, typed: str) -> list[Candidate]:
    """People whom the typed words may mean. A manager finds somebody only by the whole phone number or user name.

    Raises `NotHere`, `SignInNeeded`, `NotAllowed`.
    """
    organisation = organisation_here(organisation_id)
    require(access.can_change_members(actor, organisation), actor)
    words = typed.strip()
    if not words:
        return []
    found = {candidate.person_id or candidate.account_id: candidate for candidate in _by_number(organisation, words)}
    if organisation.commune:
        for card in search_people(actor, typed=words):
            hint = ", ".join(part for part in (str(card.birth_year or ""), card.village) if part)
            found.setdefault(card.id, Candidate(card.id, None, card.name, hint))
    return list(found.values())


def candidate(
    actor: Actor, *, organisation_id: UUID, person_id: UUID | None, account_id: UUID | None
) -> Candidate | None:
    """The one who was chosen, None when unknown here. Raises as `candidates`."""
    organisation = organisation_here(organisation_id)
    require(access.can_change_members(actor, organisation), actor)
    if person_id is not None:
        return _person(organisation, person_id)
    account = get_user_model().objects.filter(pk=account_id, is_active=True).first() if account_id else None
    return Candidate(None, account.pk, str(account), account.username or "") if account else None


def _by_number(organisation: Organisation, words: str) -> list[Candidate]:
    phone = read_phone(words)
    person = SOURCES.people.person_by_phone(phone) if phone and SOURCES.people else None
    if person and person.commune == organisation.commune:
        return [Candidate(person.id, None, person.name, "")]
    known_by = Q(phone=phone) if phone else Q(username=words.lower())
    accounts = get_user_model().objects.filter(known_by, is_active=True)
    return [_account(organisation, account.pk, account.person_id, str(account), words) for account in accounts]


def _account(organisation: Organisation, account_id: UUID, person_id: UUID | None, name: str, hint: str) -> Candidate:
    """An account's person where they live in the organisation's commune, else the account itself."""
    return (_person(organisation, person_id) if person_id else None) or Candidate(None, account_id, name, hint)


def _person(organisation: Organisation, person_id: UUID) -> Candidate | None:
    person = SOURCES.people.person(person_id) if SOURCES.people else None
    if person is None or person.commune != organisation.commune:
        return None
    return Candidate(person.id, None, person.name, "")
