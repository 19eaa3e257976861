"""The work that lots bring to the desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Actor, Role
from langso.kernel.domain import WorkQueue
from langso.trade.trace.access import can_settle_suspicions
from langso.trade.trace.models import Lot, State, Suspicion


def work_queues(actor: Actor) -> list[WorkQueue]:
    """Held lots that wait for a release, lots that wait to be issued, and reports of false labels."""
    queues: list[WorkQueue] = []
    managed = actor.organisation_ids(Role.COOPERATIVE_MANAGER)
    kept = actor.organisation_ids(Role.COOPERATIVE_MANAGER, Role.INSPECTOR)
    address = reverse("trace:lots")
    held = Lot.objects.all().held().filter(organisation_id__in=kept).exclude(state=State.WITHDRAWN).count()
    if held:
        queues.append(WorkQueue(_("Lots that are held"), f"{address}?state=HELD", held))
    recorded = Lot.objects.all().free().filter(organisation_id__in=managed, state=State.RECORDED).count()
    if recorded:
        queues.append(WorkQueue(_("Lots to issue"), f"{address}?state=RECORDED", recorded))
    if can_settle_suspicions(actor):
        reports = Suspicion.objects.filter(settled_at__isnull=True).count()
        if reports:
            queues.append(WorkQueue(_("Reports of false labels"), f"{reverse('trace:suspicions')}?open=open", reports))
    return queues
