"""What must hold after every fault: the hub's copy is the box's truth, nothing lost, nothing doubled, order kept."""

from collections.abc import Iterable

from tests.faults.pair import Held, Pair


def prove(pair: Pair, promised: Iterable[str]) -> None:
    """Fail unless hub and box hold the same chain, in the same order, with all that was promised to somebody.

    Looked at twice: in the tables of both, and by `langso link compare`, which exits with 1 where the chains part.
    """
    home, arrived = pair.at_home(), pair.arrived()
    assert first_difference(home, arrived) is None
    assert_without_gaps(home)
    held = [entry for _epoch, _seq, entry, _hash in home]
    assert len(set(held)) == len(held)
    missing = set(promised) - set(held)
    assert not missing, f"{len(missing)} entries were promised and are not there"
    pair.at_box.langso("link", "compare")
    pair.at_hub.langso("link", "compare", pair.name_of_box())


def prove_own(pair: Pair, promised: Iterable[str]) -> None:
    """Fail unless the hub's own journal is whole and holds all that was promised there."""
    held = [entry for _epoch, _seq, entry, _hash in pair.at_hub.ask("held", node=pair.at_hub.ask("head")["node"])]
    assert len(set(held)) == len(held)
    assert set(promised) <= set(held)
    pair.at_hub.langso("verify")


def first_difference(home: Held, arrived: Held) -> str | None:
    """Where two lists of entries part, in words; None when they are the same."""
    for ours, theirs in zip(home, arrived, strict=False):
        if ours != theirs:
            return f"the box holds {ours}, the hub {theirs}"
    if len(home) != len(arrived):
        return f"the box holds {len(home)} entries, the hub {len(arrived)}"
    return None


def assert_without_gaps(home: Held) -> None:
    """In each epoch the sequence counts from 1 without a gap."""
    for epoch in dict.fromkeys(row[0] for row in home):
        numbers = [seq for of, seq, _entry, _hash in home if of == epoch]
        assert numbers == list(range(1, len(numbers) + 1))
