"""Epochs: what a node writes is counted anew after a restore, so that no sequence is ever used twice for two things."""

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.ids import new_id
from langso.kernel.journal import chain
from langso.kernel.journal.facts import EpochOpened
from langso.kernel.journal.models import Head, PastEpoch
from langso.kernel.journal.services import claim_head, emit, service


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
