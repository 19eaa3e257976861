"""A node that was made anew from a snapshot: its new epoch, and what it has to wait for before it writes again.

A linked node had sent entries to its hub that the snapshot does not know. They are taken back as they were written,
with their old epoch and sequence, proved by their chain, and every listener hears them. Until then the gate is closed:
a person would otherwise change a record whose newer state is on its way.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.backup.access import can_tend_backups
from langso.kernel.backup.events import NodeRestored, RestorationFinished
from langso.kernel.backup.models import Restoration
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.epochs import lengthen_past, open_epoch
from langso.kernel.journal.gate import GateClosed
from langso.kernel.journal.listeners import LISTENERS
from langso.kernel.journal.models import Entry
from langso.kernel.journal.services import emit, identity, service
from langso.kernel.journal.travel import Travelling, seal, take_in

HAS_HUB: list[Callable[[], bool]] = []
"""Asked whether this node is linked to a hub, which then holds its later entries. The link answers."""


class TakingBack(GateClosed):
    code = "taking_back"
    message = gettext_lazy(
        "This node was restored from a backup and is fetching its later records from the province. "
        "Nothing can be changed until they are here; everything can be read. Please try again later."
    )


class NothingRestored(DomainError):
    code = "nothing_restored"
    message = gettext_lazy("This node does not wait for anything after a restore.")


class NotOurChain(DomainError):
    """What the hub sent does not continue the chain that the snapshot knew."""

    code = "not_our_chain"
    message = gettext_lazy(
        "What the province sent back does not fit what this node remembers. Nothing of it was taken."
    )


def gate(commune: str) -> GateClosed | None:
    """Closed while this node waits for what the hub holds of it."""
    return TakingBack() if waiting() else None


@service
def begin(actor: Actor, *, snapshot: str, taken_at: datetime) -> None:
    """Open the new epoch of a node that was just made from a snapshot; a linked one waits for its hub."""
    require(can_tend_backups(actor), actor)
    old = identity()
    opened = open_epoch(actor, reason=f"restored from {snapshot}")
    waits = any(ask() for ask in HAS_HUB)
    now = clock.now()
    # A snapshot taken while an earlier restore was waiting: the newer one waits for the same epoch and more.
    earlier = waiting()
    if earlier is not None:
        Restoration.objects.filter(pk=earlier.pk).update(state=Restoration.State.DONE, finished_at=now)
    Restoration.objects.create(
        snapshot=snapshot,
        taken_at=taken_at,
        restored_at=now,
        state=Restoration.State.WAITING if waits else Restoration.State.DONE,
        old_epoch=old.epoch,
        old_seq=old.seq,
        old_travel_chain=old.travel_chain,
        new_epoch=opened,
        finished_at=None if waits else now,
    )
    emit(actor, NodeRestored(snapshot=snapshot, old_epoch=old.epoch, old_seq=old.seq, new_epoch=opened))


@service
def take_back(actor: Actor, *, entries: Sequence[Travelling], last: bytes, upto: int) -> int:
    """Take entries of this node back from its hub, the next ones in order; returns the last sequence that is here now.

    `last` is the hash that the hub says the last of them has: as a batch carries no other, their own ones are worked
    out here. `upto` is the last one that the hub holds of the old epoch; once it is here, the node may write again.
    Entries that are here already are passed over. Raises `NotOurChain` when they do not continue what is here,
    `NothingRestored`.
    """
    require(can_tend_backups(actor), actor)
    row = waiting()
    if row is None:
        raise NothingRestored()
    here = row.old_seq + row.taken
    new = [entry for entry in entries if entry.seq > here]
    _prove(row, new, here, last)
    row.taken += len(new)
    moved = Restoration.objects.filter(pk=row.pk, taken=row.taken - len(new)).update(
        taken=row.taken,
        upto=upto,
        last_chain=new[-1].travel_chain if new else row.last_chain,
        last_known_at=new[-1].recorded_at if new else row.last_known_at,
    )
    if not moved:
        raise NotOurChain()
    take_in(new)
    lengthen_past(row.old_epoch, here + len(new))
    if here + len(new) >= upto:
        _finish(actor, row, without_hub=False)
    return here + len(new)


def _prove(row: Restoration, entries: Sequence[Travelling], here: int, last: bytes) -> None:
    """They are of the old epoch, without a gap, and from what is here their chain comes to the hash that was said."""
    expected = [(row.old_epoch, here + place) for place in range(1, len(entries) + 1)]
    if [(entry.epoch, entry.seq) for entry in entries] != expected:
        raise NotOurChain()
    if entries and seal(bytes(row.last_chain or row.old_travel_chain), entries) != last:
        raise NotOurChain()


@service
def finish_without_hub(actor: Actor, *, reason: str) -> None:
    """Let the node write again although the hub did not answer. Raises `NothingRestored`, `Invalid` (no reason)."""
    require(can_tend_backups(actor), actor)
    if not reason.strip():
        raise Invalid(_("Say why you go on without the hub: what it still holds of this node will not come back."))
    row = waiting()
    if row is None:
        raise NothingRestored()
    _finish(actor, row, without_hub=True, reason=reason.strip())


def _finish(actor: Actor, row: Restoration, *, without_hub: bool, reason: str = "") -> None:
    claimed = Restoration.objects.filter(pk=row.pk, state=Restoration.State.WAITING).update(
        state=Restoration.State.DONE,
        finished_at=clock.now(),
        finished_by=actor.account_id,
        without_hub=without_hub,
        reason=reason,
    )
    if not claimed:
        raise NothingRestored()
    emit(actor, RestorationFinished(snapshot=row.snapshot, taken=row.taken, without_hub=without_hub), reason=reason)


def only_in_journal(row: Restoration) -> dict[str, int]:
    """Of what was taken back: kinds from which nobody here makes a record again, each with how many there are."""
    rebuilt = {kind for listener in LISTENERS.values() if listener.copies for kind in listener.kinds}
    back = Entry.objects.filter(epoch=row.old_epoch, foreign=True).exclude(kind__in=rebuilt)
    return dict(back.values_list("kind").annotate(count=Count("pk")).order_by("kind"))


def waiting() -> Restoration | None:
    """The restore that this node still waits in, if any."""
    return Restoration.objects.filter(state=Restoration.State.WAITING).first()
