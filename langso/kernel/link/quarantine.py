"""Entries that were set aside on arrival: an operator lets one in, or sets it aside for good."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid, NotHere
from langso.kernel.journal.queries import is_held
from langso.kernel.journal.services import emit, service
from langso.kernel.journal.travel import take_in
from langso.kernel.link.access import can_tend_link
from langso.kernel.link.events import QuarantinedEntryDismissed, QuarantinedEntryTaken
from langso.kernel.link.models import Quarantined
from langso.kernel.link.receiving import SAME_ID
from langso.kernel.link.wire.loose import from_json


class AlreadySettled(DomainError):
    code = "already_settled"
    message = _("Somebody has dealt with this entry already.")


class StillTaken(DomainError):
    code = "still_taken"
    message = _("Another entry with the same id stands in the journal. This one can only be set aside.")


@service
def let_in(actor: Actor, *, quarantined_id: UUID) -> None:
    """Take the entry into the journal, where it is heard. Raises `AlreadySettled`, `StillTaken`, `NotHere`."""
    require(can_tend_link(actor), actor)
    row = _row(quarantined_id)
    _settle(actor, row, "TAKEN")
    entry = from_json(row.entry)
    if row.reason == SAME_ID or is_held(entry.id):
        raise StillTaken()
    emit(actor, QuarantinedEntryTaken(node=row.node, epoch=row.epoch, seq=row.seq, kind=row.kind))
    take_in([entry])


@service
def dismiss(actor: Actor, *, quarantined_id: UUID, reason: str) -> None:
    """Set the entry aside for good; it stays here, with the reason. Raises `AlreadySettled`, `Invalid`, `NotHere`."""
    require(can_tend_link(actor), actor)
    if not reason.strip():
        raise Invalid(fields={"reason": _("Say why nothing is lost by setting this entry aside.")})
    row = _row(quarantined_id)
    _settle(actor, row, "DISMISSED")
    emit(actor, QuarantinedEntryDismissed(node=row.node, epoch=row.epoch, seq=row.seq, kind=row.kind), reason=reason)


def _row(quarantined_id: UUID) -> Quarantined:
    row = Quarantined.objects.filter(pk=quarantined_id).first()
    if row is None:
        raise NotHere(_("There is no such entry in quarantine."))
    return row


def _settle(actor: Actor, row: Quarantined, outcome: str) -> None:
    settled = Quarantined.objects.filter(pk=row.pk, settled_at=None).update(
        settled_at=clock.now(), settled_by=actor.account_id, outcome=outcome
    )
    if not settled:
        raise AlreadySettled()
