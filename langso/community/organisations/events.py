"""Facts about organisations. The organisation itself is public; who belongs to it stays on the node."""

from datetime import date
from uuid import UUID

from langso.kernel.journal.events import Reach, event


@event(version=1, reach=Reach.PROVINCE)
class OrganisationFounded:
    """An organisation was entered; `founded_date` is its own, often years before."""

    organisation_id: UUID
    kind: str
    name: str
    tax_code: str
    village_id: UUID | None
    address: str
    phone: str
    founded_date: date | None
    province_code: str


@event(version=1, reach=Reach.PROVINCE)
class OrganisationRevised:
    """The whole public state after the change."""

    organisation_id: UUID
    kind: str
    name: str
    tax_code: str
    village_id: UUID | None
    address: str
    phone: str
    founded_date: date | None


@event(version=1, reach=Reach.PROVINCE)
class OrganisationClosed:
    organisation_id: UUID
    kind: str
    name: str
    closed_date: date


@event()
class MemberJoined:
    """Somebody who held nothing in the organisation now belongs to it."""

    organisation_id: UUID
    member_id: UUID
    person_id: UUID | None
    account_id: UUID | None
    start_date: date
    end_date: date | None


@event()
class RoleGiven:
    organisation_id: UUID
    member_id: UUID
    person_id: UUID | None
    account_id: UUID | None
    role: str
    start_date: date
    end_date: date | None


@event()
class RoleEnded:
    """The role no longer holds from `end_date` on, which may lie ahead."""

    organisation_id: UUID
    member_id: UUID
    person_id: UUID | None
    account_id: UUID | None
    role: str
    end_date: date


@event()
class MemberLeft:
    """The last thing that somebody held in the organisation ends on `end_date`."""

    organisation_id: UUID
    member_id: UUID
    person_id: UUID | None
    account_id: UUID | None
    end_date: date


@event()
class BusinessAccountOpened:
    """The account acts as the organisation, and as nobody else, from `start_date` on."""

    organisation_id: UUID
    member_id: UUID
    account_id: UUID
    start_date: date


@event()
class BusinessAccountClosed:
    organisation_id: UUID
    member_id: UUID
    account_id: UUID
    end_date: date
