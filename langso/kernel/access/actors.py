"""Who acts: a value made once at the edge (request, token, task) and passed to every service and query."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a membership lets a person do. `RESIDENT` is held by everybody whom the register knows."""

    RESIDENT = "RESIDENT"
    HELPER = "HELPER"
    OFFICER = "OFFICER"
    COOPERATIVE_MANAGER = "COOPERATIVE_MANAGER"
    INSPECTOR = "INSPECTOR"
    PROVINCE_OFFICER = "PROVINCE_OFFICER"
    OPERATOR = "OPERATOR"


STAFF_ROLES = frozenset(Role) - {Role.RESIDENT}


@dataclass(frozen=True, slots=True)
class Membership:
    """One role in one organisation. `commune` is empty for a province's officer, who belongs to no single commune.

    `organisation` is its name today, for logs that people read: who looked at my data?
    """

    role: Role
    organisation_id: UUID | None = None
    commune: str = ""
    province: str = ""
    organisation: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts, in the commune whose records are open.

    `person_id` is the register's person in whose name the act is done. In assisted mode that is the resident, while
    `account_id` and `name` stay the helper's: both people are written into the journal. `assisted_name` and
    `assist_ends_at` are for the banner that every page then shows.
    """

    account_id: UUID | None = None
    person_id: UUID | None = None
    name: str = ""
    commune: str = ""
    memberships: tuple[Membership, ...] = ()
    assisting: bool = False
    is_system: bool = False
    address: str = field(default="", compare=False)
    assisted_name: str = field(default="", compare=False)
    assist_ends_at: datetime | None = field(default=None, compare=False)

    @property
    def signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def account(self) -> UUID:
        """The id of who is signed in. Raises `ValueError` for a visitor: ask `signed_in` first."""
        if self.account_id is None:
            raise ValueError("nobody is signed in")
        return self.account_id

    def has_role(self, *roles: Role, organisation_id: UUID | None = None) -> bool:
        """Whether the actor holds one of the roles in the open commune (and, if given, in that organisation).

        The system may do everything. A helper in assisted mode holds none of their own roles: they act as the resident.
        """
        if self.is_system:
            return True
        if self.assisting:
            return roles == (Role.RESIDENT,)
        if Role.RESIDENT in roles and self.person_id is not None and organisation_id is None:
            return True
        return any(
            membership.role in roles
            and membership.commune in ("", self.commune)
            and organisation_id in (None, membership.organisation_id)
            for membership in self.memberships
        )

    def organisation_ids(self, *roles: Role) -> tuple[UUID, ...]:
        """The organisations of the open commune in which the actor holds one of the roles."""
        if self.assisting:
            return ()
        return tuple(
            membership.organisation_id
            for membership in self.memberships
            if membership.role in roles and membership.organisation_id and membership.commune in ("", self.commune)
        )

    def in_commune(self, commune: str) -> "Actor":
        return replace(self, commune=commune)


NOBODY = Actor()
"""A visitor who has not signed in."""


def system(commune: str = "", name: str = "system") -> Actor:
    """The node itself: listeners, tasks, commands and demo data."""
    return Actor(commune=commune, name=name, is_system=True)
