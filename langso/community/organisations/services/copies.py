"""Keeping copies of organisations at a node where they are not at home, from what their own node told."""

from datetime import datetime

from langso.community.organisations.events import OrganisationClosed, OrganisationFounded, OrganisationRevised
from langso.community.organisations.models import OrganisationCopy
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.journal.services import service

Told = OrganisationFounded | OrganisationRevised | OrganisationClosed


@service
def keep_copy(actor: Actor, *, told: Told, told_at: datetime) -> None:
    """Write down what an organisation of the open commune is now."""
    require(actor.is_system, actor)
    said: dict[str, object] = {"kind": told.kind, "name": told.name, "told_at": told_at}
    if isinstance(told, OrganisationClosed):
        said["closed_date"] = told.closed_date
    else:
        said |= {
            "tax_code": told.tax_code,
            "address": told.address,
            "phone": told.phone,
            "founded_date": told.founded_date,
        }
    OrganisationCopy.objects.update_or_create(pk=told.organisation_id, defaults=said)
