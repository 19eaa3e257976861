"""What the link brings to the desk: incidents, quarantine, and a link that is down."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Actor
from langso.kernel.domain import WorkQueue
from langso.kernel.link import queries
from langso.kernel.link.access import can_tend_link


def work_queues(actor: Actor) -> list[WorkQueue]:
    """Each open incident is late; so is an entry in quarantine."""
    if not can_tend_link(actor):
        return []
    address, incidents, quarantined = reverse("link:state"), queries.incident_count(), queries.quarantined_count()
    found = [
        WorkQueue(_("Incidents between nodes"), address, incidents, late=incidents),
        WorkQueue(_("Entries in quarantine"), address, quarantined, late=quarantined),
    ]
    return [queue for queue in found if queue.waiting]
