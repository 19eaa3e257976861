"""Epochs: what a node writes is counted anew after a restore, so that no sequence is ever used twice for two things."""

import secrets

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.ids import new_id
from langso.kernel.journal import chain
from langso.kernel.journal.facts import EpochOpened
from langso.kernel.journal.models import Entry, Head, PastEpoch
from langso.kernel.journal.services import claim_head, emit, identity, service, write_entries


@service
def open_epoch(actor: Actor, *, reason: str) -> str:
    """End the present epoch and begin another; returns its name.

    For whoever restores a node, or parts it from a copy of itself.
    """
    head = claim_head(positions=0, seqs=0)
    PastEpoch.objects.create(epoch=head.epoch, seq=head.seq, position=head.position, ended_at=clock.now())
    opened = str(new_id())
    Head.objects.filter(pk=head.pk).update(epoch=opened, seq=0, travel_chain=chain.GENESIS)
    emit(actor, EpochOpened(epoch=opened, before=head.epoch, last_seq=head.seq), reason=reason)
    return opened


def lengthen_past(epoch: str, seq: int) -> None:
    """What another node held of a past epoch of this one is back here, up to a sequence."""
    PastEpoch.objects.filter(pk=epoch, seq__lt=seq).update(seq=seq)


@service
def tell_again(actor: Actor, *, after: int) -> int:
    """Begin a new epoch and tell in it again what travelled of the present one from behind a sequence.

    For a node of which a copy wrote under the same identity: elsewhere the copy's entries stand in those places. Here
    the entries told again are history, as everybody has heard the first ones. Returns how many there are.
    """
    before = identity()
    told = Entry.objects.filter(node=before.node, epoch=before.epoch, seq__gt=after, foreign=False).order_by("seq")
    again = [_again(entry) for entry in told]
    open_epoch(actor, reason=f"parted from a copy of this node after entry {after}")
    PastEpoch.objects.filter(pk=before.epoch).update(seq=after)
    write_entries(again)
    return len(again)


def _again(entry: Entry) -> Entry:
    return Entry(
        id=new_id(),
        commune=entry.commune,
        to=entry.to,
        kind=entry.kind,
        body=entry.body,
        actor=entry.actor,
        actor_name=entry.actor_name,
        on_behalf_of=entry.on_behalf_of,
        reason=entry.reason,
        reach=entry.reach,
        recorded_at=entry.recorded_at,
        occurred_at=entry.occurred_at,
        salt=secrets.token_bytes(2 * chain.SALT),
        history=True,
    )
