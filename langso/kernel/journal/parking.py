"""What an operator does with parked entries: let the listener try again, or set the entry aside for good."""

import traceback
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid, NotHere
from langso.kernel.journal.access import can_settle_parked
from langso.kernel.journal.facts import ParkedEntryDismissed, ParkedEntryRetried
from langso.kernel.journal.listeners import listener_called
from langso.kernel.journal.models import ParkedEntry
from langso.kernel.journal.reading import hear_entry
from langso.kernel.journal.services import emit, service, writing


class StillFails(DomainError):
    code = "still_fails"
    message = _("It failed again, for the reason shown. The entry stays here.")


class AlreadySettled(DomainError):
    code = "already_settled"
    message = _("Somebody has dealt with this entry already.")


class ListenerGone(DomainError):
    code = "listener_gone"
    message = _("This program no longer has the part that was to read the entry. It can only be set aside.")


def retry_parked(actor: Actor, *, parked_id: UUID) -> None:
    """Let the listener hear the entry again. Raises `StillFails`, `AlreadySettled`, `ListenerGone`."""
    require(can_settle_parked(actor), actor)
    parked = _parked(parked_id)
    listener = listener_called(parked.listener)
    if listener is None:
        raise ListenerGone()
    try:
        with writing():
            _settle(actor, parked, "RETRIED")
            hear_entry(listener, parked.entry)
            emit(actor, ParkedEntryRetried(parked_id=parked.id, listener=parked.listener, entry_id=parked.entry_id))
    except DomainError:
        raise
    except Exception as failure:
        ParkedEntry.objects.filter(pk=parked.pk).update(
            error=traceback.format_exc(limit=-8), attempts=parked.attempts + 1
        )
        raise StillFails() from failure


@service
def dismiss_parked(actor: Actor, *, parked_id: UUID, reason: str) -> None:
    """Set the entry aside for good; the reason is written into the journal. Raises `AlreadySettled`, `Invalid`."""
    require(can_settle_parked(actor), actor)
    if not reason.strip():
        raise Invalid(fields={"reason": _("Say why nothing is lost by setting this entry aside.")})
    parked = _parked(parked_id)
    _settle(actor, parked, "DISMISSED")
    fact = ParkedEntryDismissed(parked_id=parked.id, listener=parked.listener, entry_id=parked.entry_id)
    emit(actor, fact, reason=reason)


def _parked(parked_id: UUID) -> ParkedEntry:
    parked = ParkedEntry.objects.select_related("entry").filter(pk=parked_id).first()
    if parked is None:
        raise NotHere(_("There is no such parked entry."))
    return parked


def _settle(actor: Actor, parked: ParkedEntry, outcome: str) -> None:
    settled = ParkedEntry.objects.filter(pk=parked.pk, settled_at=None).update(
        settled_at=clock.now(), settled_by=actor.account_id, outcome=outcome
    )
    if not settled:
        raise AlreadySettled()
