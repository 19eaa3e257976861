"""The work that products bring to the desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor, Role
from langso.kernel.domain import WorkQueue
from langso.trade.products.queries.certificates import ending_certificates


def work_queues(actor: Actor) -> list[WorkQueue]:
    """Certificates of the actor's makers that end soon; late are those that ended and were not replaced."""
    if not actor.has_role(Role.COOPERATIVE_MANAGER):
        return []
    ending, ended = ending_certificates(actor, today=clock.today())
    if not ending + ended:
        return []
    address = f"{reverse('products:certificates')}?sort=until"
    return [WorkQueue(_("Certificates that end soon"), address, ending + ended, late=ended)]
