"""Checking the chain: nothing in the journal was changed, taken out or put in since it was written."""

from dataclasses import dataclass

from langso.kernel.journal import chain
from langso.kernel.journal.envelope import envelope_of, private_part
from langso.kernel.journal.models import Entry, Head


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and at which position of the journal."""

    position: int
    what: str


def verify_journal() -> list[Fault]:
    """Every fault of this node's journal; empty when it is whole. Reads everything once, in order."""
    faults: list[Fault] = []
    last, travel, expected = chain.GENESIS, chain.GENESIS, 0
    for entry in Entry.objects.order_by("position").iterator(chunk_size=2_000):
        expected += 1
        if entry.position != expected:
            faults.append(Fault(expected, f"{entry.position - expected} entries are missing"))
            expected = entry.position
        faults += [Fault(entry.position, what) for what in _entry_faults(entry, last, travel)]
        last = bytes(entry.chain)
        travel = bytes(entry.travel_chain) if entry.travel_chain else travel
    head = Head.objects.first()
    if head and (head.position != expected or bytes(head.chain) != last):
        faults.append(Fault(head.position, "the journal ends before its head"))
    return faults


def _entry_faults(entry: Entry, last: bytes, travel: bytes) -> list[str]:
    found = []
    if entry.salt and chain.commitment(bytes(entry.salt), private_part(entry)) != bytes(entry.commitment):
        found.append("its body is not the one that was written")
    if chain.link(last, envelope_of(entry) | {"position": entry.position}) != bytes(entry.chain):
        found.append("its envelope or an entry before it was changed")
    if entry.travel_chain and chain.link(travel, envelope_of(entry)) != bytes(entry.travel_chain):
        found.append("the chain of what travels is broken here")
    return found
