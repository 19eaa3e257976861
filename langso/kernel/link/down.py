"""What goes down: read at the hub with a cursor, taken in at the box in one transaction with the cursor's move."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from langso.kernel import clock
from langso.kernel.files.copying import to_ask_for
from langso.kernel.journal.models import Entry
from langso.kernel.journal.queries import epoch_began_at
from langso.kernel.journal.services import identity
from langso.kernel.journal.travel import Travelling, last_down, take_in, travel_down
from langso.kernel.link import incidents
from langso.kernel.link.homes import communes_of
from langso.kernel.link.models import Node, Uplink
from langso.kernel.link.wire.errors import Malformed
from langso.kernel.link.wire.loose import entries_of, to_json

AT_ONCE: Final = 100
FILES_AT_ONCE: Final = 10
PASSED_OVER: Final = 5_000
"""Positions with nothing for a box after which its cursor moves all the same: each move is a write on a box's card."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Up to which position of which of the hub's epochs a box has read. As text: `<epoch>:<position>`."""

    epoch: str
    position: int

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Raises `Malformed`."""
        epoch, _, position = text.partition(":")
        if len(epoch) > 36 or not position.isdecimal() or len(position) > 18:
            raise Malformed("no cursor")
        return cls(epoch, int(position))


def answer_for(node: str, cursor: Cursor) -> dict[str, Any] | None:
    """At the hub: what is new for a box, as a document; None when nothing is."""
    after = _start(cursor)
    last, communes = last_down(), communes_of(node)
    files = [[wanted.sha256, wanted.have] for wanted in to_ask_for(communes, most=FILES_AT_ONCE)]
    found = travel_down(after=after, communes=communes, limit=AT_ONCE) if last > after else []
    rows = [[position, to_json(entry)] for position, entry in found if entry.node != node]
    upto = found[-1][0] if len(found) == AT_ONCE else max(last, after)
    if not rows and not files and upto - after < PASSED_OVER:
        return None
    return {"epoch": identity().epoch, "upto": upto, "entries": rows, "files": files}


def note_read(node: Node, cursor: Cursor) -> None:
    """At the hub: remember how far a box has read, so that one can see who has received what."""
    if cursor.epoch == identity().epoch and cursor.position != node.down:
        Node.objects.filter(pk=node.pk).update(down=cursor.position, down_at=clock.now())


def _start(cursor: Cursor) -> int:
    """Where a box goes on. After the hub was restored, positions are given anew from where its backup ended."""
    here = identity()
    if cursor.epoch in ("", here.epoch):
        return cursor.position
    return min(cursor.position, epoch_began_at(here.epoch) - 1)


def take_down(document: dict[str, Any], *, asked: str) -> int:
    """At the box: take in what the hub says, and move the cursor with it; returns how many entries are new.

    `asked` is the cursor that the question named. Where it has been set anew since, the answer is let go, and what it
    held comes again. Raises `Malformed` when it says what it may not: then nothing is taken, and it is an incident.
    """
    found = entries_of(document)
    epoch, upto = document.get("epoch"), document.get("upto")
    if not isinstance(epoch, str) or len(epoch) > 36 or type(upto) is not int or upto < 0:
        raise Malformed("no cursor")
    try:
        return _take(asked, epoch, upto, [entry for _position, entry in found])
    except Malformed as told:  # noted here: what was begun inside is undone
        incidents.note(incidents.HUB, node=Uplink.objects.get().hub, detail=str(told))
        raise


def read_again() -> None:
    """At a box that became a commune's home: what was said to that commune before may lie behind the cursor.

    What this box holds already, also as the commune's history, is passed over when it comes again.
    """
    Uplink.objects.update(down=0)


@transaction.atomic
def _take(asked: str, epoch: str, upto: int, found: Sequence[Travelling]) -> int:
    uplink = Uplink.objects.select_for_update().get()
    if uplink.cursor != asked:
        return 0
    new = _new(uplink, found)
    Uplink.objects.filter(pk=uplink.pk).update(down_epoch=epoch, down=upto, down_at=clock.now())
    take_in(new)
    return len(new)


def _new(uplink: Uplink, entries: Sequence[Travelling]) -> list[Travelling]:
    own = identity().node
    communes = set(communes_of(own))
    for entry in entries:
        said_by_hub = entry.node == uplink.hub and entry.to in ("", *communes)
        if entry.node == own or not (said_by_hub or entry.to in communes):
            raise Malformed(f"not for this node: {entry.kind} of {entry.node} to {entry.to!r}")
    held = Entry.objects.filter(pk__in=[entry.id for entry in entries]).values_list("pk", flat=True)
    known = set(held)
    return [entry for entry in entries if entry.id not in known]
