"""What the province publishes at its hub to all or some of its communes: to whom, and who may."""

from collections.abc import Collection
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.scope import no_commune
from langso.kernel.access.sources import SOURCES, KnownCommune
from langso.kernel.errors import DomainError, Text
from langso.kernel.journal.services import emit

NOT_OF_PROVINCE: Final = _("One of these communes is not in this province.")


class OnlyAtTheHub(DomainError):
    code = "only_at_the_hub"
    message = _("This is published at the province's hub. From there it comes to the communes.")


def require_hub() -> None:
    """Raises `OnlyAtTheHub` on a box."""
    if settings.ROLE != "hub":
        raise OnlyAtTheHub()


def tell_communes(actor: Actor, fact: object, *, communes: Collection[str]) -> None:
    """Send a fact (reach COMMUNES) down: once for all communes, or once to each that is named, so that nobody else
    gets it. To be called inside a service."""
    with no_commune():
        for commune in list(communes) or [""]:
            emit(actor.in_commune(""), fact, to=commune)


def communes_of_province() -> tuple[KnownCommune, ...]:
    """The communes of the province whose hub this is, in the alphabet's order; none where its own is not known."""
    return SOURCES.places.communes_of(own_province()) if SOURCES.places else ()


def own_province() -> str:
    """The code of the province in which this node stands; empty when that is not known."""
    known = SOURCES.places.commune(settings.COMMUNE) if SOURCES.places else None
    return known.province if known else ""


def fault_of_communes(communes: Collection[str]) -> Text | None:
    """What is wrong with those to which something is to be addressed, if anything is."""
    here = {commune.code for commune in communes_of_province()}
    return None if here.issuperset(communes) else NOT_OF_PROVINCE


def addressed_to(commune: str) -> Q:
    """Rows whose `communes` (codes with spaces, empty for all) name this commune, or nobody; `commune` may be empty."""
    for_all = Q(communes="")
    return for_all | Q(communes__contains=commune) if commune else for_all


def office_of(actor: Actor) -> str:
    """The office in whose name an officer of the province speaks: people are not named."""
    offices = (each.organisation for each in actor.memberships if each.role is Role.PROVINCE_OFFICER)
    return next((office for office in offices if office), "")
