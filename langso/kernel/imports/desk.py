"""What waits for somebody on the desk: imports that were begun and not ended."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Actor
from langso.kernel.domain import WorkQueue
from langso.kernel.imports.models import State
from langso.kernel.imports.queries import runs

_WAITING = (State.UPLOADED, State.CHECKED, State.STOPPED)


def work_queues(actor: Actor) -> list[WorkQueue]:
    """Imports of the actor that wait for a decision; those stopped by a fault are late."""
    waiting = runs(actor).filter(state__in=_WAITING, file_gone_at=None)
    count = waiting.count()
    if not count:
        return []
    late = waiting.filter(state=State.STOPPED).count()
    return [WorkQueue(label=_("Imports to finish"), url=reverse("imports:runs"), waiting=count, late=late)]
