"""At a box: what is to be sent next, and what the hub confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from langso.kernel import clock
from langso.kernel.journal.queries import own_epochs
from langso.kernel.journal.salts import seeds_between
from langso.kernel.journal.services import identity
from langso.kernel.journal.travel import travel, travel_hash
from langso.kernel.link.models import Confirmed
from langso.kernel.link.wire.batch import MOST_ENTRIES, MOST_PACKED, Batch, pack_batch

IN_FLIGHT: Final = 4
SMALLEST: Final = 8


@dataclass(frozen=True, slots=True)
class Parcel:
    """A batch, packed: the epoch, its last sequence, its bytes."""

    epoch: str
    end: int
    data: bytes


class Outgoing:
    """Reads this node's journal in order, from where the hub stands. Nothing of it is kept but the places."""

    def __init__(self, held: Mapping[str, int]) -> None:
        """`held`: up to where the hub says that it holds each epoch."""
        self.sent = {epoch: held.get(epoch, 0) for epoch in own_epochs()}

    def next(self) -> Parcel | None:
        """The next batch; None when everything was sent."""
        node, current = identity().node, identity().epoch
        self.sent.setdefault(current, 0)
        for epoch, after in self.sent.items():
            parcel = _parcel(node, epoch, after)
            if parcel:
                self.sent[epoch] = parcel.end
                return parcel
        return None

    def go_back(self, epoch: str, upto: int) -> None:
        """Send an epoch again from behind a sequence."""
        self.sent[epoch] = upto


def _parcel(node: str, epoch: str, after: int) -> Parcel | None:
    limit = MOST_ENTRIES
    while True:
        entries = travel(node=node, epoch=epoch, after=after, limit=limit)
        if not entries:
            return None
        before = travel_hash(node=node, epoch=epoch, seq=after)
        if before is None:
            raise RuntimeError(f"entry {after} of epoch {epoch} is missing: langso verify says more")
        seeds = seeds_between(epoch, after + 1, after + len(entries))
        batch = Batch(node, epoch, after + 1, before, entries[-1].travel_chain, entries, seeds)
        data = pack_batch(batch)
        if len(data) <= MOST_PACKED or limit <= SMALLEST:
            return Parcel(epoch, batch.end, data)
        limit //= 4


def note_confirmed(epoch: str, upto: int) -> None:
    """Write down what the hub says: it alone decides what counts as received."""
    said = {"upto": upto, "confirmed_at": clock.now()}
    Confirmed.objects.update_or_create(pk=epoch, defaults=said)


def waiting() -> int:
    """How many entries of this node the hub has not confirmed."""
    confirmed = dict(Confirmed.objects.values_list("epoch", "upto"))
    return sum(max(0, last - confirmed.get(epoch, 0)) for epoch, last in own_epochs().items())
