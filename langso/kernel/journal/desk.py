"""The operator's alarm: every parked entry is late."""

from django.urls import reverse
from django.utils.translation import gettext as _

from langso.kernel.access.actors import Actor
from langso.kernel.domain import WorkQueue
from langso.kernel.journal.access import can_settle_parked
from langso.kernel.journal.queries import parked_cards


def work_queues(actor: Actor) -> list[WorkQueue]:
    if not can_settle_parked(actor):
        return []
    waiting = len(parked_cards())
    return [WorkQueue(_("Parked journal entries"), reverse("journal:parked"), waiting, late=waiting)]
