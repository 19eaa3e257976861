"""Organisations as everybody may know them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from langso.community.organisations.models import Organisation, OrganisationKind
from langso.kernel import clock
from langso.kernel.access.scope import every_commune
from langso.kernel.errors import NotHere


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation of the open commune, or an office of the province (`commune` is empty then).

    `kind_name` is in the reader's language; `closed_date` is the first day on which it is no more.
    """

    id: UUID
    kind: str
    kind_name: str
    name: str
    tax_code: str
    commune: str
    province_code: str
    village_id: UUID | None
    village_name: str
    address: str
    phone: str
    founded_date: date | None
    closed_date: date | None


def organisation_card(*, organisation_id: UUID) -> OrganisationCard:
    """One organisation. Raises `NotHere`, also for another commune's."""
    return card_of(organisation_here(organisation_id))


def organisation_cards(*, kinds: tuple[str, ...] = ()) -> list[OrganisationCard]:
    """The organisations of the open commune that exist today, by name; only some kinds when given."""
    rows = Organisation.objects.active(clock.today()).select_related("village").order_by("sort_name")
    return [card_of(row) for row in (rows.filter(kind__in=kinds) if kinds else rows)]


def organisation_choices(*, kinds: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(id, name) of the open commune's organisations, for a form's choice."""
    return [(str(card.id), card.name) for card in organisation_cards(kinds=kinds)]


def organisation_here(organisation_id: UUID) -> Organisation:
    """The row, in the open commune or of the province; for this domain's services. Raises `NotHere`."""
    row = Organisation.objects.select_related("village").filter(pk=organisation_id).first()
    if row is None:
        with every_commune("an office of the province belongs to no commune"):
            row = Organisation.objects.filter(pk=organisation_id, commune="").first()
    if row is None:
        raise NotHere()
    return row


def card_of(row: Organisation) -> OrganisationCard:
    return OrganisationCard(
        id=row.pk,
        kind=row.kind,
        kind_name=str(OrganisationKind(row.kind).label),
        name=row.name,
        tax_code=row.tax_code,
        commune=row.commune,
        province_code=row.province_code,
        village_id=row.village_id,
        village_name=row.village.name if row.village else "",
        address=row.address,
        phone=row.phone,
        founded_date=row.founded_date,
        closed_date=row.closed_date,
    )
