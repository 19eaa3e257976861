"""A household's word about its name on public pages."""

from uuid import UUID

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.journal.services import emit, service
from langso.trade.products import access
from langso.trade.products.events import NameShownAgreed, NameShownWithdrawn
from langso.trade.products.models import NameConsent, Product
from langso.trade.products.services.facts import tell_described


@service
def agree_to_name(actor: Actor, *, household_id: UUID, agreed: bool) -> None:
    """A household says whether its head's name stands on public pages. Saying the same again changes nothing."""
    require(access.can_agree_to_name(actor, household_id), actor)
    open_rows = NameConsent.objects.filter(household_id=household_id, withdrawn_at__isnull=True)
    if agreed == open_rows.exists():
        return
    if agreed:
        NameConsent.objects.create(
            household_id=household_id, agreed_at=clock.now(), agreed_by=actor.account_id, agreed_by_name=actor.name
        )
        emit(actor, NameShownAgreed(household_id=household_id, agreed_by=actor.account_id))
    else:
        open_rows.update(withdrawn_at=clock.now())
        emit(actor, NameShownWithdrawn(household_id=household_id))
    for product in Product.objects.public().filter(household_id=household_id):
        tell_described(actor, product)
