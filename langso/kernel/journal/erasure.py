"""Erasing a person's data from the journal: the private part and its salt go, every hash stays as it was.

An entry that travelled is erased wherever it came to: the erasure is an entry with the same reach.
"""

from uuid import UUID

from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.journal import salts
from langso.kernel.journal.access import can_erase
from langso.kernel.journal.events import Reach
from langso.kernel.journal.facts import BodyErased
from langso.kernel.journal.listeners import Heard, on
from langso.kernel.journal.models import Entry
from langso.kernel.journal.services import emit, service

ERASED = {"erased": True}


@service
def erase_body(actor: Actor, *, entry_id: UUID, reason: str) -> bool:
    """Erase the private part of an entry; False when it was erased before. The erasure is an entry of its own."""
    require(can_erase(actor), actor)
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None or not _erase(entry_id):
        return False
    # A copy of another node's entry is erased here only: its own node tells the others when it does the same.
    reach = Reach.HERE if entry.foreign else Reach(entry.reach)
    emit(actor, BodyErased(entry_id=entry_id), reason=reason, reach=reach, to="" if entry.foreign else entry.to)
    return True


@on(BodyErased, copies=True)
def erase_copy(heard: Heard[BodyErased]) -> None:
    """Erase the copy of an entry as its own node did; nobody else's word counts for it."""
    if heard.foreign and Entry.objects.filter(pk=heard.fact.entry_id, node=heard.node).exists():
        _erase(heard.fact.entry_id)


def _erase(entry_id: UUID) -> bool:
    entry = Entry.objects.filter(pk=entry_id).exclude(salt=b"").only("epoch", "seq", "foreign").first()
    if entry is None:
        return False
    salts.spoil(entry)
    still_here = Entry.objects.filter(pk=entry_id).exclude(salt=b"")
    return bool(still_here.update(body=ERASED, salt=b"", reason="", actor_name=""))
