"""The console's tile on the province's desk: how many alarms nobody has answered for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from langso.insight.console import access
from langso.insight.console.queries import commune_states, hub_province
from langso.kernel.access.actors import Actor
from langso.kernel.domain import WorkQueue
from langso.kernel.errors import NotHere


def work_queues(actor: Actor) -> list[WorkQueue]:
    try:
        province = hub_province()
    except NotHere:
        return []
    if not access.can_watch(actor, province=province):
        return []
    alarms = [card.alarm for state in commune_states(actor) for card in state.open_alarms]
    grave = sum(alarm.level == "danger" for alarm in alarms)
    address = f"{reverse('console:communes')}?alarm=OPEN"
    return [WorkQueue(_("Alarms of communes' boxes"), address, len(alarms), late=grave)]
