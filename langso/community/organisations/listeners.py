"""What other nodes tell of the organisations that are at home there."""

from typing import Any

from langso.community.organisations import services
from langso.community.organisations.events import OrganisationClosed, OrganisationFounded, OrganisationRevised
from langso.kernel.access.actors import system
from langso.kernel.journal.listeners import Heard, on


@on(OrganisationFounded, OrganisationRevised, OrganisationClosed, copies=True)
def keep_copy_of_organisation(entry: Heard[Any]) -> None:
    if entry.commune and not entry.at_home:
        services.keep_copy(system(entry.commune), told=entry.fact, told_at=entry.recorded_at)
