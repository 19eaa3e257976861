"""Proof that the hub's copy is the box's journal: both sides work out the hashes anew from the bodies they hold.

A box goes through its epochs piece by piece, asks the hub for the hash of its piece, and where the two differ looks for
the first entry that differs. At a hub, which cannot call a box, the copy is compared with what the box last sent.
"""

from dataclasses import dataclass, field

from langso.kernel.journal import chain
from langso.kernel.journal.queries import own_epochs
from langso.kernel.journal.services import identity
from langso.kernel.journal.travel import travel_hash
from langso.kernel.link import homes
from langso.kernel.link.client import Connection
from langso.kernel.link.held import proof
from langso.kernel.link.joining import current_uplink, hub_of
from langso.kernel.link.models import Received
from langso.kernel.link.proving import PIECE, Ask, ask_hub, same_up_to


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
        ask = ask_hub(connection)
        for epoch, last in own_epochs().items():
            _epoch(found, ask, epoch, last)
    finally:
        connection.close()
    if not found.lines:
        found.lines.append("nothing has travelled yet")
    return found


def _epoch(found: Comparison, ask: Ask, epoch: str, last: int) -> None:
    same, held = same_up_to(ask, epoch, last)
    if same < held:
        found.differs(f"epoch {epoch}: the two part at entry {same + 1}; up to {same} they are the same")
        return
    if same:
        found.lines.append(f"epoch {epoch}: the same up to entry {same}, hash {_hash(epoch, same)}")
    if same < last:
        found.lines.append(f"epoch {epoch}: {last - same} entries of this box are not at the hub yet")


def _hash(epoch: str, seq: int) -> str:
    found = travel_hash(node=identity().node, epoch=epoch, seq=seq)
    return found.hex() if found else ""


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
