"""Acting in a resident's name: a helper who sits beside them, a quarter of an hour, both names in the journal."""

import logging
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.sources import KnownPerson
from langso.kernel.accounts import access, rules
from langso.kernel.accounts.delivery import DELIVERY, NotSent
from langso.kernel.accounts.events import AssistEnded, AssistStarted
from langso.kernel.accounts.models import Account, AssistSession
from langso.kernel.accounts.queries import resident_to_assist
from langso.kernel.errors import DomainError
from langso.kernel.journal.services import emit, service

log = logging.getLogger(__name__)

NAME_IN_SMS = 30


class CannotAssistSelf(DomainError):
    code = "cannot_assist_self"
    message = gettext_lazy("This is you. For your own things, sign in as usual.")


@service
def start_assist(actor: Actor, *, person_id: UUID) -> UUID:
    """Begin to act in a resident's name for 15 minutes; returns the id of the assist session.

    The resident gets a message that names the helper. An earlier session of the same helper ends. Raises `NotAllowed`
    (also for somebody who already acts for another), `ResidentNotFound`, `CannotAssistSelf`.
    """
    person = resident_to_assist(actor, person_id=person_id)
    account_id = access.own_account_id(actor)
    if person.id == actor.person_id or Account.objects.filter(pk=account_id, person_id=person.id).exists():
        raise CannotAssistSelf()
    for earlier in AssistSession.objects.filter(account_id=account_id, ended_at__isnull=True):
        _end(actor, earlier)
    now = clock.now()
    assist = AssistSession.objects.create(
        account_id=account_id,
        commune=actor.commune,
        person_id=person.id,
        person_name=person.name,
        started_at=now,
        ends_at=now + rules.ASSIST_LENGTH,
    )
    emit(
        actor,
        AssistStarted(assist_id=assist.pk, account_id=assist.account_id, person_id=person.id, ends_at=assist.ends_at),
    )
    transaction.on_commit(partial(_tell, actor.name, person), robust=True)
    return assist.pk


@service
def end_assist(actor: Actor, *, assist_id: UUID) -> None:
    """Stop acting in the resident's name, or note that the time is over. Nothing happens when that was done before."""
    own = AssistSession.objects.filter(account_id=access.own_account_id(actor), ended_at__isnull=True)
    for assist in own.filter(pk=assist_id):
        _end(actor, assist)


def _end(actor: Actor, assist: AssistSession) -> None:
    now = clock.now()
    ended_at = min(now, assist.ends_at)
    if AssistSession.objects.filter(pk=assist.pk, ended_at__isnull=True).update(ended_at=ended_at):
        fact = AssistEnded(
            assist_id=assist.pk,
            account_id=assist.account_id,
            person_id=assist.person_id,
            early=now < assist.ends_at,
        )
        emit(actor, fact, occurred_at=ended_at)


def _tell(helper: str, person: KnownPerson) -> None:
    """Tell the resident who is acting in their name. A failure is logged: the help itself goes on."""
    phone = person.phone or Account.objects.filter(person_id=person.id).values_list("phone", flat=True).first()
    if not phone:
        return
    sentence = _(
        "Lang So: %(helper)s acts for you from %(time)s, %(minutes)d minutes. You did not ask? Tell the commune office."
    )
    parts = {
        "helper": helper[:NAME_IN_SMS],
        "minutes": int(rules.ASSIST_LENGTH.total_seconds() // 60),
        "time": f"{timezone.localtime():%H:%M}",
    }
    try:
        if DELIVERY.texts is None:
            raise NotSent("no SMS gateway is set up")
        DELIVERY.texts.send(phone=phone, text=rules.for_sms(sentence % parts))
    except NotSent as failure:
        log.warning("A resident could not be told that a helper acts for them: %s", failure)
