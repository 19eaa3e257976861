"""Where this node's journal and a copy of it are the same: both sides work out hashes from the bodies they hold."""

from collections.abc import Callable
from typing import Final

from langso.kernel.journal import chain
from langso.kernel.journal.services import identity
from langso.kernel.journal.travel import seal, travel, travel_hash
from langso.kernel.link.client import Connection

PIECE: Final = 5_000

Ask = Callable[[str, int, int], tuple[int, str]]
"""Epoch, after, limit -> up to which sequence the other side holds that piece, and its hash; an empty text for none."""


def ask_hub(connection: Connection) -> Ask:
    """The hub as the other side."""

    def ask(epoch: str, after: int, limit: int) -> tuple[int, str]:
        connection.ask("GET", f"/link/v1/proof?epoch={epoch}&after={after}&limit={limit}")
        said = connection.answer().said
        return int(said["upto"]), str(said["hash"])

    return ask


def same_up_to(ask: Ask, epoch: str, last: int) -> tuple[int, int]:
    """(up to which sequence the two are the same, up to which the other side holds something), at most `last`."""
    same = 0
    while same < last:
        reached, theirs = ask(epoch, same, min(PIECE, last - same))
        if not theirs:
            break
        if theirs != hash_of(epoch, same, reached):
            return _parting(ask, epoch, same, reached) - 1, reached
        same = reached
    return same, same


def hash_of(epoch: str, after: int, upto: int) -> str:
    """The hash at a sequence of this node's epoch, worked out from the bodies of the piece after `after`."""
    node = identity().node
    before = travel_hash(node=node, epoch=epoch, seq=after) or chain.GENESIS
    return seal(before, travel(node=node, epoch=epoch, after=after, limit=upto - after)).hex()


def _parting(ask: Ask, epoch: str, after: int, upto: int) -> int:
    """The first sequence in (after, upto] whose hash differs, by halving."""
    low, high = after, upto
    while high - low > 1:
        middle = (low + high) // 2
        if ask(epoch, after, middle - after) == (middle, hash_of(epoch, after, middle)):
            low = middle
        else:
            high = middle
    return high
