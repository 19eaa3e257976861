"""Organisations of communes that are at home on another node, as that node told them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from langso.community.organisations.models import OrganisationCopy


@dataclass(frozen=True, slots=True)
class OrganisationCopyCard:
    """`told_at`: when its own node said this."""

    id: UUID
    kind: str
    name: str
    tax_code: str
    address: str
    phone: str
    founded_date: date | None
    closed_date: date | None
    told_at: datetime


def copied_organisation(*, organisation_id: UUID) -> OrganisationCopyCard | None:
    """The copy in the open commune, or None where there is none."""
    row = OrganisationCopy.objects.filter(pk=organisation_id).first()
    if row is None:
        return None
    return OrganisationCopyCard(
        id=row.pk,
        kind=row.kind,
        name=row.name,
        tax_code=row.tax_code,
        address=row.address,
        phone=row.phone,
        founded_date=row.founded_date,
        closed_date=row.closed_date,
        told_at=row.told_at,
    )
