"""At a hub: a batch is proved, then applied whole or not at all; the answer is up to where the hub now holds the node's
journal without a gap.

Hashes are worked out before the transaction, so that the database is held only while rows are written. An entry that
is in its place but may not be applied goes to quarantine and the sequence goes on: nothing is dropped, nothing stands
in the way of what comes after.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import rfc8785
from django.db import IntegrityError, transaction
from django.db.models import F

from langso.kernel import clock
from langso.kernel.journal.models import Entry
from langso.kernel.journal.travel import Travelling, seal, take_in, travel_hash
from langso.kernel.link import incidents
from langso.kernel.link.models import CommuneHome, Quarantined, Received, Traffic
from langso.kernel.link.refusals import Clash, ForeignNode, Gap, WrongHash
from langso.kernel.link.standing import stop_forked
from langso.kernel.link.wire.batch import Batch, unpack_batch
from langso.kernel.link.wire.errors import Malformed
from langso.kernel.link.wire.loose import to_json

OTHER_COMMUNE: Final = "OTHER_COMMUNE"
SAME_ID: Final = "SAME_ID"


@dataclass(slots=True)
class _Sorted:
    """What may be applied, and what is set aside with its reason."""

    taken: list[Travelling] = field(default_factory=list)
    aside: list[tuple[Travelling, str]] = field(default_factory=list)


def receive(node: str, data: bytes) -> int:
    """Apply the bytes of a batch that a node sent; returns up to which sequence the hub holds its epoch.

    Raises `Malformed`, `ForeignNode`, `WrongHash`, `Gap`, `Clash`; each but a gap is an incident as well.
    """
    batch = _proved(node, data)
    try:
        return _apply(batch, len(data))
    except Clash as clash:
        detail = f"two different entries of epoch {batch.epoch} at or before {batch.end}"
        stop_forked(node=node, detail=detail)
        raise clash


def _proved(node: str, data: bytes) -> Batch:
    batch = unpack_batch(data)
    if batch.node != node:
        incidents.note(incidents.FORGED_NODE, node=node, detail=f"it sent entries in the name of {batch.node}")
        raise ForeignNode()
    try:
        last = seal(batch.previous, batch.entries)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as broken:
        raise Malformed(f"a body has no canonical form: {broken}"[:200]) from None
    if last != batch.last:
        detail = f"epoch {batch.epoch}, {batch.first} to {batch.end}"
        incidents.note(incidents.WRONG_HASH, node=node, detail=detail)
        raise WrongHash()
    return batch


@transaction.atomic
def _apply(batch: Batch, size: int) -> int:
    row = _received(batch)
    rest = _not_held(batch, row)
    if not rest:
        return row.upto
    found = _sort(batch.node, batch.epoch, rest)
    _store(found)
    moved = Received.objects.filter(pk=row.pk, upto=row.upto).update(
        upto=batch.end, hash=batch.last, received_at=clock.now(), written_at=rest[-1].recorded_at
    )
    if not moved:
        raise Gap(upto=row.upto)  # the same node's other connection was faster: it asks again
    count_traffic(batch.node, entries=len(rest), bytes_up=size)
    return batch.end


def _received(batch: Batch) -> Received:
    Received.objects.get_or_create(node=batch.node, epoch=batch.epoch, defaults={"started_at": clock.now()})
    return Received.objects.select_for_update().get(node=batch.node, epoch=batch.epoch)


def _not_held(batch: Batch, row: Received) -> Sequence[Travelling]:
    """The part of a proved batch that is new. Raises `Gap`, or `Clash` where the same identity has another hash."""
    if batch.first > row.upto + 1:
        raise Gap(upto=row.upto)
    if batch.first == row.upto + 1:
        same, rest = batch.previous == bytes(row.hash), batch.entries
    elif batch.end <= row.upto:
        same, rest = batch.last == hash_at(batch.node, batch.epoch, batch.end), []
    else:
        place = row.upto - batch.first
        same, rest = batch.entries[place].travel_chain == bytes(row.hash), batch.entries[place + 1 :]
    if not same:
        raise Clash(upto=row.upto)
    return rest


def hash_at(node: str, epoch: str, seq: int) -> bytes | None:
    """The hash that this node holds at a sequence, of an entry that was applied or one in quarantine."""
    held = travel_hash(node=node, epoch=epoch, seq=seq)
    if held is None:
        row = Quarantined.objects.filter(node=node, epoch=epoch, seq=seq).values_list("entry", flat=True).first()
        held = bytes.fromhex(row["travel_chain"]) if row else None
    return held


def _sort(node: str, epoch: str, entries: Sequence[Travelling]) -> _Sorted:
    homes = list(CommuneHome.objects.filter(node=node))
    at_home = {home.commune for home in homes if home.to_at is None} | {""}
    left = {home.commune: home.to_seq or 0 for home in homes if home.to_at and home.to_epoch == epoch}
    found = _Sorted()
    for entry in entries:
        if entry.commune in at_home or entry.seq <= left.get(entry.commune, 0):
            found.taken.append(entry)
        else:
            found.aside.append((entry, OTHER_COMMUNE))
    if found.aside:
        detail = f"{len(found.aside)} entries, the first about {found.aside[0][0].commune}"
        incidents.note(incidents.OTHER_COMMUNE, node=node, detail=detail)
    return found


def _store(found: _Sorted) -> None:
    try:
        with transaction.atomic():
            take_in(found.taken)
    except IntegrityError:
        _set_known_ids_aside(found)
        take_in(found.taken)
    now = clock.now()
    Quarantined.objects.bulk_create(
        [
            Quarantined(
                node=entry.node,
                epoch=entry.epoch,
                seq=entry.seq,
                commune=entry.commune,
                kind=entry.kind,
                entry=to_json(entry),
                reason=reason,
                received_at=now,
            )
            for entry, reason in found.aside
        ]
    )


def _set_known_ids_aside(found: _Sorted) -> None:
    """An id names one entry in the whole world: one that stands here already, or twice in the batch, is set aside."""
    held = set(Entry.objects.filter(pk__in=[entry.id for entry in found.taken]).values_list("pk", flat=True))
    taken: list[Travelling] = []
    for entry in found.taken:
        if entry.id in held:
            found.aside.append((entry, SAME_ID))
        else:
            held.add(entry.id)
            taken.append(entry)
    found.taken = taken
    if found.aside:
        entry = found.aside[-1][0]
        incidents.note(incidents.SAME_ID, node=entry.node, detail=f"epoch {entry.epoch}, sequence {entry.seq}")


def count_traffic(node: str, *, entries: int = 0, bytes_up: int = 0, bytes_down: int = 0) -> None:
    """Add to a node's count of today."""
    day: dict[str, Any] = {"node": node, "traffic_date": clock.today()}
    added = {
        "entries": F("entries") + entries,
        "bytes_up": F("bytes_up") + bytes_up,
        "bytes_down": F("bytes_down") + bytes_down,
    }
    if not Traffic.objects.filter(**day).update(**added):
        Traffic.objects.get_or_create(**day)
        Traffic.objects.filter(**day).update(**added)
