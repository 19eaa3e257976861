"""Entries between nodes: read in order where they were written, proved and stored where they arrive.

Only this module and the rest of `kernel.journal` touch its tables; `kernel.link` brings entries from node to node.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from langso.kernel.bulk import insert_many, insert_values
from langso.kernel.journal import catching_up, chain
from langso.kernel.journal.envelope import envelope_here, envelope_of
from langso.kernel.journal.models import Downward, Entry, Head
from langso.kernel.journal.services import claim_head

COLUMNS: Final = (
    "id", "node", "epoch", "seq", "commune", "to", "kind", "body", "actor", "on_behalf_of", "reach", "recorded_at",
    "occurred_at", "salt", "commitment", "travel_chain",
)  # fmt: skip


@dataclass(slots=True)
class Travelling:
    """An entry as it travels: without its reason and its actor's name, which stay at home.

    `salt` is the body's 16 bytes, or empty when the body was erased. `travel_chain` is its writer's hash over it and
    all of that node and epoch before it.
    """

    id: UUID
    node: str
    epoch: str
    seq: int
    commune: str
    to: str
    kind: str
    body: dict[str, Any]
    actor: UUID | None
    on_behalf_of: UUID | None
    reach: int
    recorded_at: datetime
    occurred_at: datetime | None
    salt: bytes
    commitment: bytes
    travel_chain: bytes


@dataclass(frozen=True, slots=True)
class SentDown:
    """Where an entry that goes down from this node stands, and the commune to which it is addressed, if to one."""

    entry_id: UUID
    position: int
    to: str


def travel(*, node: str, epoch: str, after: int, limit: int) -> list[Travelling]:
    """What a node wrote in an epoch and what travels of it, in order, from behind sequence `after`."""
    found = Entry.objects.filter(node=node, epoch=epoch, seq__gt=after).order_by("seq")
    return _travelling(found.values_list(*COLUMNS)[:limit])


def travel_down(*, after: int, communes: Iterable[str], limit: int) -> list[tuple[int, Travelling]]:
    """What goes down from this node to a box with these communes, in order, each with its position here."""
    places = Downward.objects.filter(position__gt=after, to__in=["", *communes]).order_by("position")
    positions = list(places.values_list("position", flat=True)[:limit])
    found = Entry.objects.filter(position__in=positions).order_by("position").values_list(*COLUMNS)
    return list(zip(positions, _travelling(found), strict=True))


def sent_down(*, kind: str, about: Mapping[str, str]) -> list[SentDown]:
    """The entries of a kind, in any version, whose bodies hold these values and that go down from here, in order.

    `kind` without its version: `trade.products.standard_published`.
    """
    places = Downward.objects.values("position")
    found = Entry.objects.filter(kind__startswith=f"{kind}.v", position__in=places)
    found = found.filter(**{f"body__{name}": value for name, value in about.items()}).order_by("position")
    return [SentDown(*row) for row in found.values_list("id", "position", "to")]


def last_down() -> int:
    """The position of the newest entry that goes down; 0 when there is none."""
    last = Downward.objects.order_by("-position").values_list("position", flat=True).first()
    return last or 0


def travel_hash(*, node: str, epoch: str, seq: int) -> bytes | None:
    """The hash over everything that travels of a node's epoch up to a sequence; None when this node lacks it."""
    if seq == 0:
        return chain.GENESIS
    held = Entry.objects.filter(node=node, epoch=epoch, seq=seq).values_list("travel_chain", flat=True).first()
    return bytes(held) if held else None


def seal(previous: bytes, entries: Iterable[Travelling]) -> bytes:
    """Work out the hashes of entries that arrived, from the one before them; returns the last.

    The commitment of an erased body is taken as given. When the last hash is what the sender said, all of it is proved:
    every entry, its body, its order and what was before.
    """
    for entry in entries:
        if entry.salt:
            entry.commitment = chain.commitment(entry.salt, entry.body)
        previous = entry.travel_chain = chain.link(previous, envelope_of(entry))
    return previous


@transaction.atomic
def take_in(entries: Sequence[Travelling], *, history: bool = False) -> None:
    """Store entries of other nodes, or of this one from an epoch it no longer remembers, in the order given.

    They must be proved (`seal`). `history` is for entries that come with the tables they tell of: nobody hears them.
    Raises `IntegrityError` when an identity or an id is held already. Run it last in a transaction: it claims the head.
    """
    if not entries:
        return
    head = claim_head(positions=len(entries), seqs=0)
    position = first = head.position - len(entries) + 1
    rows = []
    for entry in entries:
        head.chain = chain.link(bytes(head.chain), envelope_here(envelope_of(entry), position, b""))
        row = {name: getattr(entry, name) for name in COLUMNS}
        rows.append(row | {"position": position, "chain": head.chain, "foreign": True, "history": history})
        position += 1
    insert_values(Entry, rows)
    if not history:
        _note_what_goes_on(entries, first)
    Head.objects.filter(pk=head.pk).update(chain=head.chain)


def _note_what_goes_on(entries: Sequence[Travelling], first: int) -> None:
    """A wish for a third node goes down from here; a kind that this program does not know is heard after an upgrade."""
    insert_many([Downward(position=first + place, to=entry.to) for place, entry in enumerate(entries) if entry.to])
    catching_up.note_unknown({entry.kind for entry in entries}, first)


def _travelling(rows: Iterable[tuple[Any, ...]]) -> list[Travelling]:
    made = [Travelling(*row) for row in rows]
    for entry in made:
        entry.salt = bytes(entry.salt[: chain.SALT])
        entry.commitment, entry.travel_chain = bytes(entry.commitment), bytes(entry.travel_chain)
    return made
