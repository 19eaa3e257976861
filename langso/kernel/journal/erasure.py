"""Erasing a person's data from the journal: the private part and its salt go, every hash stays as it was."""

from uuid import UUID

from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.journal.access import can_erase
from langso.kernel.journal.facts import BodyErased
from langso.kernel.journal.models import Entry
from langso.kernel.journal.services import emit, service


@service
def erase_body(actor: Actor, *, entry_id: UUID, reason: str) -> bool:
    """Erase the private part of an entry; False when it was erased before. The erasure is an entry of its own."""
    require(can_erase(actor), actor)
    erased = (
        Entry.objects.filter(pk=entry_id)
        .exclude(salt=b"")
        .update(body={"erased": True}, salt=b"", reason="", actor_name="")
    )
    if erased:
        emit(actor, BodyErased(entry_id=entry_id), reason=reason)
    return bool(erased)
