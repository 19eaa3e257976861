"""What the kernel asks of the community: who is behind an account, and what they may act as.

The kernel knows no domain. `community/people` and `community/organisations` register an answer here when they load.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from langso.kernel.access.actors import Membership


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the register as the kernel needs them."""

    id: UUID
    name: str
    commune: str
    phone: str = ""


class PeopleSource(Protocol):
    def person(self, person_id: UUID) -> KnownPerson | None:
        """The person, in whatever commune of this node, or None when unknown, merged away or gone."""

    def person_by_phone(self, phone: str) -> KnownPerson | None:
        """The one person with this phone number (+84…), or None when nobody or more than one has it."""


class MembershipSource(Protocol):
    def memberships(self, *, account_id: UUID, person_id: UUID | None) -> tuple[Membership, ...]:
        """All roles held today, in whatever commune of this node."""


@dataclass(frozen=True, slots=True)
class KnownCommune:
    """A commune of today: five-digit code, its name with the kind of unit ("xã Bình Lư"), its province's code."""

    code: str
    name: str
    province: str

    @property
    def full_name(self) -> str:
        """As it stands alone: "Xã Bình Lư"."""
        return self.name[:1].upper() + self.name[1:]


class PlacesSource(Protocol):
    def commune(self, code: str) -> KnownCommune | None:
        """The commune with this code today, or as it last was where it has ended; None for a code that meant none."""

    def communes_here(self, province: str) -> tuple[KnownCommune, ...]:
        """The communes of the province whose records this node holds."""

    def communes_of(self, province: str) -> tuple[KnownCommune, ...]:
        """All communes of the province today, in the Vietnamese alphabet's order; none of an unknown one."""


class Sources:
    """The registered answers; empty ones until a domain registers its own."""

    def __init__(self) -> None:
        self.people: PeopleSource | None = None
        self.memberships: MembershipSource | None = None
        self.places: PlacesSource | None = None


SOURCES = Sources()
