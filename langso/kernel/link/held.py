"""At a hub: what it holds of a node, in order and without gaps, entries in quarantine in their places."""

from langso.kernel.journal import chain
from langso.kernel.journal.travel import Travelling, seal, travel
from langso.kernel.link.models import Quarantined
from langso.kernel.link.receiving import hash_at
from langso.kernel.link.wire.loose import from_json


def held_entries(*, node: str, epoch: str, after: int, limit: int) -> list[Travelling]:
    """Up to `limit` entries of a node's epoch from behind sequence `after`."""
    entries = travel(node=node, epoch=epoch, after=after, limit=limit)
    aside = Quarantined.objects.filter(node=node, epoch=epoch, seq__gt=after).order_by("seq")[:limit]
    entries += [from_json(row.entry) for row in aside]
    # One that was let in from quarantine stands in both places.
    by_seq = {entry.seq: entry for entry in entries}
    return [by_seq[seq] for seq in sorted(by_seq)][:limit]


def proof(*, node: str, epoch: str, after: int, limit: int) -> tuple[int, bytes | None]:
    """The last sequence of such a piece and its hash, worked out anew from the bodies that are held.

    (after, None) when nothing is held there.
    """
    start = hash_at(node, epoch, after) if after else chain.GENESIS
    entries = held_entries(node=node, epoch=epoch, after=after, limit=limit)
    if start is None or not entries:
        return after, None
    return entries[-1].seq, seal(start, entries)
