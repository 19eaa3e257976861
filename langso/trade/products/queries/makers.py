"""Makers as the public may know them."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from langso.community.organisations.queries import organisation_card
from langso.community.people.queries import households_brief
from langso.kernel.errors import NotHere
from langso.trade.products.models import NameConsent


@dataclass(frozen=True, slots=True)
class MakerCard:
    """`name` of a household is its head's only where it agreed (`named`). `place`: as far as one may know."""

    organisation_id: UUID | None
    household_id: UUID | None
    name: str
    place: str
    phone: str = ""
    named: bool = True


def name_agreed(household_id: UUID) -> bool:
    """Whether the household agrees today that its head's name is shown."""
    return NameConsent.objects.filter(household_id=household_id, withdrawn_at__isnull=True).exists()


def maker_card(*, organisation_id: UUID | None, household_id: UUID | None) -> MakerCard:
    """The maker, an organisation before a household. Raises `NotHere` for an unknown one."""
    if organisation_id is not None:
        organisation = organisation_card(organisation_id=organisation_id)
        place = ", ".join(part for part in (organisation.address, organisation.village_name) if part)
        return MakerCard(organisation_id, None, organisation.name, place, organisation.phone)
    household = households_brief([household_id]).get(household_id) if household_id else None
    if household is None:
        raise NotHere(_("This maker is not known here."))
    if household.head and name_agreed(household.id):
        return MakerCard(None, household.id, household.head, household.village)
    unnamed = _("A household of %(village)s") % {"village": household.village}
    return MakerCard(None, household.id, unnamed, household.village, named=False)
