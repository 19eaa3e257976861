"""Checking the chain: nothing in the journal was changed, taken out or put in since it was written."""

from dataclasses import dataclass

from langso.kernel.journal import chain
from langso.kernel.journal.envelope import aside_of, envelope_here, envelope_of
from langso.kernel.journal.models import Entry, Head


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and at which position of the journal."""

    position: int
    what: str


@dataclass(frozen=True, slots=True)
class _Last:
    """The last entry that was read of a node's epoch: where the chain of what travels goes on."""

    seq: int = 0
    hash: bytes = chain.GENESIS


def verify_journal() -> list[Fault]:
    """Every fault of this node's journal; empty when it is whole. Reads everything once, in order."""
    faults: list[Fault] = []
    last, expected = chain.GENESIS, 0
    travels: dict[tuple[str, str], _Last] = {}
    for entry in Entry.objects.order_by("position").iterator(chunk_size=2_000):
        expected += 1
        if entry.position != expected:
            faults.append(Fault(expected, f"{entry.position - expected} entries are missing"))
            expected = entry.position
        whose = (entry.node, entry.epoch)
        faults += [Fault(entry.position, what) for what in _entry_faults(entry, last, travels.get(whose, _Last()))]
        last = bytes(entry.chain)
        if entry.seq and entry.travel_chain:
            travels[whose] = _Last(entry.seq, bytes(entry.travel_chain))
    head = Head.objects.first()
    if head and (head.position != expected or bytes(head.chain) != last):
        faults.append(Fault(head.position, "the journal ends before its head"))
    return faults


def _entry_faults(entry: Entry, last: bytes, travels: _Last) -> list[str]:
    found = []
    envelope = envelope_of(entry)
    if entry.salt and not _keeps_its_word(entry):
        found.append("its body is not the one that was written")
    if chain.link(last, envelope_here(envelope, entry.position, entry.aside)) != bytes(entry.chain):
        found.append("its envelope or an entry before it was changed")
    if (
        entry.seq
        and _is_next(entry, travels)
        and chain.link(travels.hash, envelope) != bytes(entry.travel_chain or b"")
    ):
        found.append("the chain of what travels is broken here")
    return found


def _keeps_its_word(entry: Entry) -> bool:
    salt, aside = bytes(entry.salt), bytes(entry.aside)
    if chain.commitment(salt[: chain.SALT], entry.body) != bytes(entry.commitment):
        return False
    # Where only the body's salt is left, the commune went to another node, and reasons and names went with it.
    return not aside or len(salt) <= chain.SALT or chain.commitment(salt[chain.SALT :], aside_of(entry)) == aside


def _is_next(entry: Entry, travels: _Last) -> bool:
    """Whether the chain of what travels can be followed here: of another node this one may hold a choice only."""
    return entry.seq is not None and (not entry.foreign or entry.seq == travels.seq + 1)
