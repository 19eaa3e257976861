"""Work that waits on the officers' desk."""

from django.urls import reverse
from django.utils.translation import gettext as _

from langso.community.people import access, queries
from langso.kernel.access.actors import Actor
from langso.kernel.domain import WorkQueue


def work_queues(actor: Actor) -> list[WorkQueue]:
    if not access.can_decide_duplicates(actor):
        return []
    return [WorkQueue(_("Possible duplicates in the register"), reverse("people:duplicates"), queries.waiting_pairs())]
