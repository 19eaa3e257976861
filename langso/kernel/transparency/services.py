"""Taking in what became public, and signing. One transaction at a time writes a log; nothing in it ever changes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from langso.kernel import clock
from langso.kernel.bulk import insert_values
from langso.kernel.journal.envelope import in_utc
from langso.kernel.journal.events import Reach
from langso.kernel.journal.models import Entry
from langso.kernel.journal.services import identity
from langso.kernel.transparency.keys import log_key
from langso.kernel.transparency.models import Leaf, Log, SignedCheckpoint, TreeNode
from langso.kernel.transparency.rules.merkle import (
    EMPTY_ROOT,
    ReadNode,
    grown_nodes,
    leaf_hash,
    root_of,
)
from langso.kernel.transparency.rules.notes import Checkpoint, public_bytes, sign_note
from langso.kernel.transparency.rules.proofs import first_leaf, leaf_data

AT_ONCE: Final = 500


def communes_to_read(after: int) -> list[str]:
    """Communes of which this node wrote something public behind that position of the journal."""
    public = Entry.objects.filter(position__gt=after, reach=Reach.PUBLIC, foreign=False).exclude(commune="")
    return sorted(public.values_list("commune", flat=True).order_by().distinct())


@transaction.atomic
def take_in(commune: str) -> int:
    """Append up to `AT_ONCE` public entries of the commune to its log; returns how many. 0 also for who came second."""
    log = _open_log(commune)
    entries = list(
        Entry.objects.filter(commune=commune, reach=Reach.PUBLIC, foreign=False, position__gt=log.read_to).order_by(
            "position"
        )[:AT_ONCE]
    )
    if not entries:
        return 0
    mine = Log.objects.filter(pk=log.pk, read_to=log.read_to, size=log.size)
    if not mine.update(read_to=entries[-1].position, size=log.size + len(entries)):
        return 0
    data = [
        leaf_data(
            entry_id=str(entry.id),
            kind=entry.kind,
            committed=bytes(entry.commitment),
            recorded_at=in_utc(entry.recorded_at),
        )
        for entry in entries
    ]
    _append(log, data, [entry.id for entry in entries])
    return len(entries)


@transaction.atomic
def sign(commune: str, *, not_within: timedelta) -> bool:
    """Sign a checkpoint of the commune's log when it has grown, and the last one is old enough."""
    log = Log.objects.filter(commune=commune, closed_at=None).first()
    if log is None or not _may_sign(log):
        return False
    last = log.checkpoints.order_by("-size").first()
    now = clock.now()
    if last and (last.size >= log.size or timedelta(0) <= now - last.signed_at < not_within):
        return False
    checkpoint = Checkpoint(log.origin, log.size, root_of(log.size, reading(log)))
    SignedCheckpoint.objects.create(
        log=log,
        size=checkpoint.size,
        root=checkpoint.root,
        note=sign_note(checkpoint.text, name=log.origin, key=log_key()),
        signed_at=now,
    )
    return True


def reading(log: Log) -> ReadNode:
    """Reads the stored nodes of a log's tree."""

    def read(level: int, place: int) -> bytes:
        return bytes(TreeNode.objects.values_list("hash", flat=True).get(log=log, level=level, place=place))

    return read


def _may_sign(log: Log) -> bool:
    """Only in the epoch and with the key in which it was opened: a restored node may have signed otherwise since."""
    return log.epoch == identity().epoch and bytes(log.public_key) == public_bytes(log_key())


def _open_log(commune: str) -> Log:
    """The commune's open log. One that this node may no longer sign is closed, and the next names where it ended."""
    log = Log.objects.filter(commune=commune, closed_at=None).first()
    if log is not None and _may_sign(log):
        return log
    if log is not None:
        Log.objects.filter(pk=log.pk).update(closed_at=clock.now())
    number = (log.number if log else 0) + 1
    new = Log.objects.create(
        commune=commune,
        number=number,
        origin=f"{urlsplit(settings.PUBLIC_URL).hostname}/log/{commune}/{number}",
        epoch=identity().epoch,
        public_key=public_bytes(log_key()),
        read_to=log.read_to if log else 0,
    )
    if log is not None:
        last = log.checkpoints.order_by("-size").first()
        end = (last.size, bytes(last.root)) if last else (0, EMPTY_ROOT)
        _append(new, [first_leaf(origin=log.origin, size=end[0], root=end[1])], [None])
        Log.objects.filter(pk=new.pk).update(size=1)
        new.size = 1
    return new


def _append(log: Log, data: Sequence[bytes], entries: Sequence[object]) -> None:
    hashes = [leaf_hash(each) for each in data]
    leaves = [
        {"log_id": log.pk, "index": index, "entry_id": entry, "data": each}
        for index, (each, entry) in enumerate(zip(data, entries, strict=True), log.size)
    ]
    insert_values(Leaf, leaves)
    nodes = grown_nodes(log.size, hashes, reading(log))
    insert_values(
        TreeNode,
        [
            {"log_id": log.pk, "level": level, "place": place, "hash": hashed}
            for (level, place), hashed in sorted(nodes.items())
        ],
    )
