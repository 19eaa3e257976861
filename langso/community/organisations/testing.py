"""Builders of organisations for tests, the demo commune and other domains' tests."""

import itertools
from datetime import date
from uuid import UUID

from langso.community.organisations import services
from langso.kernel.access.actors import Role, system
from langso.kernel.access.scope import open_commune

_numbers = itertools.count(1)


def make_organisation(
    *, name: str = "", kind: str = "COOPERATIVE", village_id: UUID | None = None, phone: str = ""
) -> UUID:
    """An organisation of the open commune (`PROVINCE`: of its province), with a name of its own when none is given."""
    called = name or f"Hợp tác xã số {next(_numbers)}"
    return services.found_organisation(
        system(open_commune()), kind=kind, name=called, village_id=village_id, phone=phone
    )


def make_member(
    *,
    organisation_id: UUID,
    person_id: UUID | None = None,
    account_id: UUID | None = None,
    role: Role | None = None,
    start_date: date | None = None,
    end_date: date | None = None,
) -> UUID:
    """A member from `start_date` (today) on; plain when no role is given. Returns the membership's id."""
    return services.add_member(
        system(open_commune()),
        organisation_id=organisation_id,
        person_id=person_id,
        account_id=account_id,
        role=role,
        start_date=start_date,
        end_date=end_date,
    )


def make_business_account(*, organisation_id: UUID, account_id: UUID) -> UUID:
    """Let an account act as the organisation. Returns the membership's id."""
    return services.open_business_account(
        system(open_commune()), organisation_id=organisation_id, account_id=account_id
    )
