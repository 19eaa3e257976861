"""Proof that the hub's copy is the box's journal: both sides work out the hashes anew from the bodies they hold.

A box goes through its epochs piece by piece, asks the hub for the hash of its piece, and where the two differ looks for
the first entry that differs. At a hub, which cannot call a box, the copy is compared with what the box last sent.
"""

from dataclasses import dataclass, field
from typing import Final

from langso.kernel.journal import chain
from langso.kernel.journal.queries import own_epochs
from langso.kernel.journal.services import identity
from langso.kernel.journal.travel import seal, travel
from langso.kernel.link import homes
from langso.kernel.link.client import Connection
from langso.kernel.link.held import proof
from langso.kernel.link.joining import current_uplink, hub_of
from langso.kernel.link.models import Received
from langso.kernel.link.views.doors import MOST_PROVED

PIECE: Final = MOST_PROVED


@dataclass(slots=True)
class Comparison:
    same: bool = True
    lines: list[str] = field(default_factory=list)

    def differs(self, line: str) -> None:
        self.same = False
        self.lines.append(line)


def compare(node: str = "") -> Comparison:
    """Compare this box with its hub, or at a hub its copy of one node, or of all, with what the boxes sent."""
    return _copies(node) if homes.is_hub() else _with_hub()


def _with_hub() -> Comparison:
    found, connection = Comparison(), Connection(hub_of(current_uplink()))
    try:
        for epoch, last in own_epochs().items():
            _epoch(found, connection, epoch, last)
    finally:
        connection.close()
    if found.same and not found.lines:
        found.lines.append("nothing has travelled yet")
    return found


def _epoch(found: Comparison, connection: Connection, epoch: str, last: int) -> None:
    after, previous = 0, chain.GENESIS
    while after < last:
        upto, theirs = _theirs(connection, epoch, after, PIECE)
        entries = travel(node=identity().node, epoch=epoch, after=after, limit=PIECE)
        mine = seal(previous, [entry for entry in entries if entry.seq <= upto])
        if not theirs:
            break
        if mine.hex() != theirs:
            seq = _parting(connection, epoch, after, upto)
            found.differs(f"epoch {epoch}: the two part at entry {seq}; up to {seq - 1} they are the same")
            return
        after, previous = upto, mine
    if after:
        found.lines.append(f"epoch {epoch}: the same up to entry {after}, hash {previous.hex()}")
    if after < last:
        found.lines.append(f"epoch {epoch}: {last - after} entries of this box are not at the hub yet")


def _parting(connection: Connection, epoch: str, after: int, upto: int) -> int:
    """The first sequence in (after, upto] whose hash differs, by halving."""
    low, high = after, upto
    while high - low > 1:
        middle = (low + high) // 2
        reached, theirs = _theirs(connection, epoch, after, middle - after)
        if reached == middle and theirs == _mine(epoch, after, middle):
            low = middle
        else:
            high = middle
    return high


def _mine(epoch: str, after: int, upto: int) -> str:
    node = identity().node
    before = travel(node=node, epoch=epoch, after=after - 1, limit=1)[0].travel_chain if after else chain.GENESIS
    return seal(before, travel(node=node, epoch=epoch, after=after, limit=upto - after)).hex()


def _theirs(connection: Connection, epoch: str, after: int, limit: int) -> tuple[int, str]:
    connection.ask("GET", f"/link/v1/proof?epoch={epoch}&after={after}&limit={limit}")
    said = connection.answer().said
    return int(said["upto"]), str(said["hash"])


def _copies(node: str) -> Comparison:
    found = Comparison()
    rows = Received.objects.filter(node=node) if node else Received.objects.all()
    for row in rows.order_by("node", "started_at"):
        upto, held = _held(row)
        if held == bytes(row.hash) and upto == row.upto:
            found.lines.append(f"{row.node} epoch {row.epoch}: whole up to entry {upto}, hash {held.hex()}")
        else:
            found.differs(f"{row.node} epoch {row.epoch}: damaged here, somewhere before entry {row.upto}")
    return found


def _held(row: Received) -> tuple[int, bytes]:
    upto, last = 0, chain.GENESIS
    while upto < row.upto:
        reached, found = proof(node=row.node, epoch=row.epoch, after=upto, limit=PIECE)
        if found is None:
            break
        upto, last = reached, found
    return upto, last
