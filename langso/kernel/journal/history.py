"""The journal of a commune that moves to another node: it goes along as history, its private part with it.

At the new home the entries stand with their own identity and hashes behind everything else; nobody hears them, since
the tables that they tell of came along. At the old home the entries stay in their places, so that its chain holds, but
what may name a person goes: the bodies of what never travels, reasons and names of actors.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from langso.kernel import clock
from langso.kernel.bulk import insert_values
from langso.kernel.journal import chain
from langso.kernel.journal.envelope import envelope_here, envelope_of
from langso.kernel.journal.events import Reach
from langso.kernel.journal.listeners import LISTENERS
from langso.kernel.journal.models import Entry, Head, ParkedEntry
from langso.kernel.journal.reading import hear_entry
from langso.kernel.journal.services import claim_head

TOLD: Final = (
    "id", "node", "epoch", "seq", "commune", "to", "kind", "body", "actor", "actor_name", "on_behalf_of", "reason",
    "reach", "recorded_at", "occurred_at", "salt", "commitment", "aside", "travel_chain",
)  # fmt: skip
PRIVATE: Final = ("body", "salt", "reason", "actor_name")
AT_ONCE: Final = 500


def history_of(commune: str, *, upto: int) -> Iterator[dict[str, Any]]:
    """Every entry about a commune up to a position of this journal, in order, as values by column."""
    found = Entry.objects.filter(commune=commune, position__lte=upto).order_by("position").values(*TOLD)
    yield from found.iterator(chunk_size=AT_ONCE)


def take_history(rows: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Store entries that came with a commune's tables; (new ones, ones that got their private part back).

    An entry that stands here already keeps its place, and is history as the others are. Run it in a transaction; it
    claims the head.
    """
    ids = [row["id"] for row in rows]
    held = {entry.pk: entry for entry in Entry.objects.filter(pk__in=ids).only("pk", "commitment", "aside", "salt")}
    new = [row for row in rows if row["id"] not in held]
    _append(new)
    # What came over the link before: from now on it is about tables that are here, which know of it.
    Entry.objects.filter(pk__in=list(held), foreign=True).update(history=True)
    back = [row for row in rows if row["id"] in held and _is_richer(row, held[row["id"]])]
    for row in back:
        Entry.objects.filter(pk=row["id"]).update(**{name: row[name] for name in PRIVATE})
    return len(new), len(back)


def _append(rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    head = claim_head(positions=len(rows), seqs=0)
    position = head.position - len(rows)
    placed = []
    for row in rows:
        position += 1
        head.chain = chain.link(bytes(head.chain), envelope_here(envelope_of(Entry(**row)), position, row["aside"]))
        placed.append({**row, "position": position, "chain": head.chain, "foreign": True, "history": True})
    insert_values(Entry, placed)
    Head.objects.filter(pk=head.pk).update(chain=head.chain)


def _is_richer(row: dict[str, Any], here: Entry) -> bool:
    """Whether the private part that came fits what stands here and is more than it."""
    salt = bytes(row["salt"])
    if len(salt) <= len(bytes(here.salt)):
        return False
    return chain.commitment(salt[: chain.SALT], row["body"]) == bytes(here.commitment)


def strip_history(commune: str, *, upto: int) -> int:
    """Take the private part out of a commune's entries here; what travels keeps its body. Returns how many changed."""
    about = Entry.objects.filter(commune=commune, position__lte=upto)
    stayed = (
        about.filter(reach=Reach.HERE)
        .exclude(salt=b"")
        .update(body={"erased": True}, salt=b"", reason="", actor_name="")
    )
    named = about.filter(reach__gt=Reach.HERE).filter(~Q(reason="") | ~Q(actor_name=""))
    travelled = 0
    for entry in named.only("pk", "salt").iterator(chunk_size=AT_ONCE):
        travelled += Entry.objects.filter(pk=entry.pk).update(
            salt=bytes(entry.salt)[: chain.SALT], reason="", actor_name=""
        )
    return stayed + travelled


def tell_copies(commune: str, *, upto: int) -> int:
    """Let everybody who keeps copies hear again what travelled of a commune that is at home elsewhere from now on."""
    told = 0
    about = Entry.objects.filter(commune=commune, position__lte=upto, reach__gt=Reach.HERE).order_by("position")
    for listener in LISTENERS.values():
        if listener.copies:
            for entry in about.filter(kind__in=listener.kinds).iterator(chunk_size=AT_ONCE):
                entry.foreign = True  # whoever wrote it: it tells of records that are kept elsewhere now
                hear_entry(listener, entry, at_home=False)
                told += 1
    return told


def let_wishes_wait(commune: str, *, heard: set[UUID]) -> int:
    """Let the wishes to a commune that came home wait to be heard, but those that its former home has heard.

    Listeners here are past them: the commune was elsewhere then. Run it with the arrival; `backlog.try_again` hears
    them. Returns how many wait.
    """
    wishes = Entry.objects.filter(to=commune, commune=commune, history=False).exclude(pk__in=heard)
    waiting = [
        ParkedEntry(
            listener=listener.name,
            entry=entry,
            error="said while the commune was at home elsewhere",
            attempts=1,
            parked_at=clock.now(),
            waits_for=f"commune:{commune}",
        )
        for entry in wishes.order_by("position")
        for listener in LISTENERS.values()
        if entry.kind in listener.kinds and not listener.copies
    ]
    ParkedEntry.objects.bulk_create(waiting)
    return len(waiting)


def last_about(commune: str) -> int:
    """The position of the newest entry about a commune; 0 when there is none."""
    last = Entry.objects.filter(commune=commune).order_by("-position").values_list("position", flat=True).first()
    return last or 0


def parked_about(commune: str) -> int:
    """How many entries about a commune wait, parked, for an operator: what they would do is not in the tables."""
    return ParkedEntry.objects.filter(settled_at=None, entry__commune=commune).count()
