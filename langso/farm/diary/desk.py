"""What waits on the desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from langso.farm.diary import access
from langso.farm.diary.queries.desk import waiting_and_late
from langso.kernel.access.actors import Actor
from langso.kernel.domain import WorkQueue


def work_queues(actor: Actor) -> list[WorkQueue]:
    """The inspector's queue of diary entries."""
    if not access.can_open_check_queue(actor):
        return []
    waiting, late = waiting_and_late(actor)
    return [WorkQueue(_("Diaries to check"), reverse("diary:checks"), waiting, late)]
