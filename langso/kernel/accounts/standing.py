"""What an account may be: worked out once per request from the register and from memberships."""

from dataclasses import dataclass

from django.conf import settings

from langso.kernel.access.actors import Actor, Membership, Role
from langso.kernel.access.sources import SOURCES, KnownPerson
from langso.kernel.accounts.models import Account
from langso.kernel.phones import phone_on_screen


@dataclass(frozen=True, slots=True)
class Standing:
    """All that an account may be, in whatever commune of this node; a request picks one commune of it."""

    account: Account
    person: KnownPerson | None
    memberships: tuple[Membership, ...]

    def communes(self) -> tuple[str, ...]:
        """The codes of the communes this account may open, the one it starts in first."""
        found = dict.fromkeys(membership.commune for membership in self.memberships if membership.commune)
        if any(not membership.commune for membership in self.memberships):
            found |= dict.fromkeys(self._communes_of_provinces())
        if self.person:
            found[self.person.commune] = None
        return tuple(found) or (self.account.home_commune or settings.COMMUNE,)

    def _communes_of_provinces(self) -> list[str]:
        """This node's own commune first, then every other one of the provinces that the account works for."""
        open_to = [settings.COMMUNE] if self._reaches(settings.COMMUNE) else []
        if SOURCES.places:
            provinces = dict.fromkeys(each.province for each in self.memberships if not each.commune and each.province)
            open_to += [commune.code for code in provinces for commune in SOURCES.places.communes_here(code)]
        return open_to

    def _reaches(self, commune: str) -> bool:
        return any(not each.commune and _covers(each, commune) for each in self.memberships)

    def name(self) -> str:
        """How others see who acted: by name, or by what they signed in with as long as nobody knows their name."""
        known = self.account.name or (self.person.name if self.person else "")
        return known or self.account.username or phone_on_screen(self.account.phone or "")

    def actor(self, commune: str = "", *, only: Role | None = None) -> Actor:
        """The account in one of its communes; in the one it starts in when `commune` is empty or not open to it.

        `only` narrows a token to one role. The person counts only at home: elsewhere nobody is a resident.
        """
        communes = self.communes()
        active = commune if commune in communes else communes[0]
        held = tuple(each for each in self.memberships if _covers(each, active) and only in (None, each.role))
        at_home = self.person is not None and self.person.commune == active and only in (None, Role.RESIDENT)
        return Actor(
            account_id=self.account.pk,
            person_id=self.person.id if self.person and at_home else None,
            name=self.name(),
            commune=active,
            memberships=held,
        )


def _covers(membership: Membership, commune: str) -> bool:
    """Whether a membership counts in a commune. A province's officer has only that province's communes."""
    if membership.commune or not membership.province or not SOURCES.places:
        return membership.commune in ("", commune)
    known = SOURCES.places.commune(commune)
    return known is not None and known.province == membership.province


def standing_of(account: Account) -> Standing:
    """The account with its person and memberships: one question to each source."""
    person = SOURCES.people.person(account.person_id) if SOURCES.people and account.person_id else None
    person_id = person.id if person else None
    memberships = (
        SOURCES.memberships.memberships(account_id=account.pk, person_id=person_id) if SOURCES.memberships else ()
    )
    return Standing(account=account, person=person, memberships=memberships)
