"""The one write path: `@service` opens the transaction, `emit` writes what happened into the same transaction.

    @service
    def confirm_entry(actor: Actor, *, entry_id: UUID) -> None:
        ...
        emit(actor, EntryConfirmed(entry_id=entry_id))

Entries are held back until the outermost service ends and written last, so that the head row, which orders the whole
journal, is claimed for the shortest time and always after every other row.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.scope import scope_state
from langso.kernel.bulk import insert_many
from langso.kernel.ids import new_id
from langso.kernel.journal import chain
from langso.kernel.journal.envelope import aside_of, envelope_here, envelope_of
from langso.kernel.journal.events import KINDS, Reach, card_of, to_body
from langso.kernel.journal.gate import pass_gates
from langso.kernel.journal.models import Downward, Entry, Head
from langso.kernel.journal.salts import salt_entries

P = ParamSpec("P")
R = TypeVar("R")


class EmittedOutsideService(Exception):
    """`emit` was called outside `@service`: the entry would not share the transaction of what it records."""


@dataclass(slots=True)
class _Pending:
    entries: list[Entry]


_open: ContextVar[_Pending | None] = ContextVar("open_service", default=None)


@contextmanager
def writing() -> Iterator[None]:
    """A transaction whose journal entries are written at its end. Nested ones join the outermost."""
    outer = _open.get()
    if outer is not None:
        mark = len(outer.entries)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del outer.entries[mark:]
            raise
        return
    pending = _Pending([])
    token = _open.set(pending)
    try:
        with transaction.atomic():
            yield
            write_entries(pending.entries)
    finally:
        _open.reset(token)


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function one act: one transaction, its journal entries inside it, all or nothing."""

    @wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing():
            return function(*args, **kwargs)

    return act


def emit(
    actor: Actor,
    fact: object,
    *,
    reason: str = "",
    occurred_at: datetime | None = None,
    reach: Reach | None = None,
    to: str = "",
) -> UUID:
    """Write down what happened; returns the entry's id.

    `occurred_at` is when the act was done, if that was offline; unless given, the request says it. `reach` may narrow
    the event's own reach, never widen it (`ValueError`). The commune is the open one, or none for what concerns the
    node. `to` makes it a wish: the home node of that commune hears it, and accepts or refuses by an event of its own;
    so it must travel (`ValueError`).

    Raises `GateClosed` when the service ends, if this node may not write about the commune now.
    """
    pending = _open.get()
    if pending is None:
        raise EmittedOutsideService(f"{type(fact).__name__} was emitted outside a service")
    card = card_of(type(fact))
    if reach is not None and reach > card.reach:
        raise ValueError(f"{card.kind} may not travel further than {card.reach.name}")
    if to and Reach.HERE in (card.reach, reach):
        raise ValueError(f"{card.kind} never leaves the node, so it cannot be a wish to {to}")
    acted_at = occurred_at or clock.acted_at()
    entry = Entry(
        id=new_id(),
        commune=str(scope_state().get("commune") or actor.commune),
        to=to,
        kind=card.kind,
        body=to_body(fact),
        actor=actor.account_id,
        actor_name=actor.name,
        on_behalf_of=actor.person_id if actor.assisting else None,
        reason=reason,
        reach=card.reach if reach is None else reach,
        # In UTC, as they are read back: hashes are made of their text.
        recorded_at=clock.now().astimezone(UTC),
        occurred_at=acted_at.astimezone(UTC) if acted_at else None,
        salt=secrets.token_bytes(2 * chain.SALT),
    )
    pending.entries.append(entry)
    return entry.id


def write_entries(entries: list[Entry]) -> None:
    """Claim positions for the entries, chain them and store them. Runs last in the transaction."""
    if not entries:
        return
    travelling = sum(1 for entry in entries if entry.reach > Reach.HERE)
    head = claim_head(positions=len(entries), seqs=travelling)
    # Asked with the head in hand: whoever closes a gate writes an entry too, so no act slips past it.
    _pass_gates(entries)
    _number(entries, head, head.position - len(entries), head.seq - travelling)
    salt_entries([entry for entry in entries if entry.seq])
    for entry in entries:
        entry.commitment = chain.commitment(bytes(entry.salt[: chain.SALT]), entry.body)
        entry.aside = chain.commitment(bytes(entry.salt[chain.SALT :]), aside_of(entry))
        envelope = envelope_of(entry)
        if entry.seq:
            head.travel_chain = entry.travel_chain = chain.link(bytes(head.travel_chain), envelope)
        head.chain = entry.chain = chain.link(bytes(head.chain), envelope_here(envelope, entry.position, entry.aside))
    insert_many(entries)
    insert_many([Downward(position=entry.position, to=entry.to) for entry in entries if goes_down(entry)])
    Head.objects.filter(pk=head.pk).update(chain=head.chain, travel_chain=head.travel_chain)


def _number(entries: list[Entry], head: Head, position: int, seq: int) -> None:
    """Give each entry its place behind `position` and, when it travels, behind `seq`."""
    for entry in entries:
        position += 1
        entry.position, entry.node, entry.epoch = position, head.node, head.epoch
        if entry.reach > Reach.HERE:
            seq += 1
            entry.seq = seq


def _pass_gates(entries: list[Entry]) -> None:
    for commune in sorted({commune for entry in entries if (commune := _gated_commune(entry)) is not None}):
        pass_gates(commune)


def _gated_commune(entry: Entry) -> str | None:
    """Whose gate an entry passes: the commune's, the node's (empty) for what it sends of itself, or none."""
    # A version that this program no longer writes is told again by a node that parts from a copy of itself.
    of_node = entry.kind in KINDS and card_of(KINDS[entry.kind]).of_node
    if not entry.to and not of_node:
        return entry.commune
    return "" if entry.reach > Reach.HERE else None


def goes_down(entry: Entry) -> bool:
    """Whether boxes fetch it from their hub: said to all communes, or a wish for one.

    What is public about one commune is not said to the others: they would download the whole province.
    """
    return bool(entry.to) or entry.reach == Reach.COMMUNES or (entry.reach == Reach.PUBLIC and not entry.commune)


def claim_head(*, positions: int, seqs: int) -> Head:
    """Move the head by so many places and return it as it then stands; the row stays locked until commit."""
    moved = {"position": F("position") + positions, "seq": F("seq") + seqs}
    if not Head.objects.update(**moved):
        identity()
        Head.objects.update(**moved)
    return Head.objects.get()


def identity() -> Head:
    """This node's head; the first time it is asked for, the node gets its name and its first epoch."""
    head, _ = Head.objects.get_or_create(defaults={"epoch": str(new_id()), "node": str(new_id())})
    return head
