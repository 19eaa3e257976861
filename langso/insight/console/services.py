"""Writes of the console: somebody knows of an alarm."""

from django.utils.translation import gettext_lazy as _

from langso.insight.console import access
from langso.insight.console.events import AlarmAcknowledged
from langso.insight.console.models import KnownAlarm
from langso.insight.console.queries import commune_state, hub_province
from langso.insight.console.rules.alarms import AlarmKind
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc

LONGEST = 300


class AlarmIsOver(DomainError):
    code = "alarm_is_over"
    message = _("This alarm is over: nothing is left to acknowledge.")


@service
def acknowledge_alarm(actor: Actor, *, commune: str, kind: AlarmKind, grade: int, reason: str) -> None:
    """Say that one knows of an alarm and why it may wait; it is quiet until it gets worse than `grade`, for a week.

    `grade` is what the reader saw: what has got worse meanwhile stays loud. Raises `AlarmIsOver`, `Invalid`, `NotHere`.
    """
    require(access.can_acknowledge(actor, province=hub_province()), actor)
    said = nfc(reason).strip()
    if not said or len(said) > LONGEST:
        raise Invalid(fields={"reason": _("Say in one or two sentences what is being done, or why it may wait.")})
    state = commune_state(actor, code=commune)
    alarm = next((card.alarm for card in state.alarms if card.kind is kind), None)
    if alarm is None or state.box is None:
        raise AlarmIsOver()
    KnownAlarm.objects.update_or_create(
        node=state.box.node,
        kind=kind,
        defaults={
            "grade": min(grade, alarm.grade),
            "began_at": alarm.began_at,
            "reason": said,
            "noted_at": clock.now(),
            "noted_by": actor.account_id,
            "noted_by_name": actor.name,
        },
    )
    emit(actor, AlarmAcknowledged(commune=commune, node=state.box.node, kind=kind, grade=alarm.grade), reason=said)
