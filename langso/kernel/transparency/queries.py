"""What everybody may fetch of a log: checkpoints, tiles, leaves, proofs, keys."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from langso.kernel.errors import NotHere
from langso.kernel.journal.chain import SALT
from langso.kernel.journal.events import Reach
from langso.kernel.journal.models import Entry
from langso.kernel.transparency.models import Leaf, Log, SignedCheckpoint, TreeNode
from langso.kernel.transparency.rules.merkle import inclusion_path
from langso.kernel.transparency.rules.notes import Verifier
from langso.kernel.transparency.rules.proofs import write_proof
from langso.kernel.transparency.rules.tiles import Tile, bundle
from langso.kernel.transparency.services import reading


@dataclass(frozen=True, slots=True)
class LogLine:
    """Where an entry stands: the log, the line from 0, and when it was first signed with it (None: not yet)."""

    origin: str
    key: str
    index: int
    signed_at: datetime | None


def lines_of(entry_ids: Collection[UUID]) -> dict[UUID, LogLine]:
    """The lines of entries that stand in a log of this node, by entry."""
    found = {}
    for leaf in Leaf.objects.filter(entry_id__in=entry_ids).select_related("log"):
        first = leaf.log.checkpoints.filter(size__gt=leaf.index).order_by("size").first()
        if leaf.entry_id:
            key = verifier_of(leaf.log).text
            found[leaf.entry_id] = LogLine(leaf.log.origin, key, leaf.index, first.signed_at if first else None)
    return found


def log_of(commune: str, number: int) -> Log:
    """A log of this node. Raises `NotHere`."""
    log = Log.objects.filter(commune=commune, number=number).first()
    if log is None:
        raise NotHere(_("There is no such log on this node."))
    return log


def verifier_of(log: Log) -> Verifier:
    """The key with which a log is verified."""
    return Verifier(log.origin, bytes(log.public_key))


def last_checkpoint(log: Log) -> SignedCheckpoint:
    """What was signed last. Raises `NotHere` where nothing was signed yet."""
    found = log.checkpoints.order_by("-size").first()
    if found is None:
        raise NotHere(_("Nothing of this log was signed yet. Come back in some minutes."))
    return found


def tile_content(log: Log, tile: Tile) -> bytes:
    """The bytes of a tile or bundle that lies within what was signed. Raises `NotHere`."""
    signed = last_checkpoint(log).size >> (8 * max(tile.level, 0))
    if tile.start + tile.width > signed:
        raise NotHere(_("This part of the log is not signed yet."))
    end = tile.start + tile.width
    if tile.level < 0:
        leaves = Leaf.objects.filter(log=log, index__gte=tile.start, index__lt=end).order_by("index")
        return bundle([bytes(data) for data in leaves.values_list("data", flat=True)])
    nodes = TreeNode.objects.filter(log=log, level=8 * tile.level, place__gte=tile.start, place__lt=end)
    return b"".join(bytes(hashed) for hashed in nodes.order_by("place").values_list("hash", flat=True))


def proof_of(entry_id: UUID) -> bytes:
    """The proof of a public entry, as a file. Raises `NotHere`: none, not signed yet, or its content erased."""
    leaf = Leaf.objects.filter(entry_id=entry_id).select_related("log").first()
    entry = Entry.objects.filter(pk=entry_id, reach=Reach.PUBLIC).first()
    if leaf is None or entry is None or entry.body.get("erased") is True:
        raise NotHere(_("Nothing public was written down under this name."))
    signed = last_checkpoint(leaf.log)
    if leaf.index >= signed.size:
        raise NotHere(_("This is recorded, and not signed yet. Come back in some minutes."))
    return write_proof(
        kind=entry.kind,
        body=entry.body,
        salt=bytes(entry.salt)[:SALT],
        leaf=bytes(leaf.data),
        index=leaf.index,
        path=inclusion_path(leaf.index, signed.size, reading(leaf.log)),
        note=signed.note,
    )
