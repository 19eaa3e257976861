"""Salts of what travels come in runs from one seed, so that a run weighs on the wire what one salt does.

A salt has to be random, unknown to whoever does not hold the body, and gone for good once the body is erased. Each
stands in its entry's row; the seed beside them only saves bytes, and is emptied as soon as one of the run is erased.
"""

import secrets
from collections.abc import Sequence

from langso.kernel.bulk import insert_many
from langso.kernel.journal import chain
from langso.kernel.journal.models import Entry, SaltSeed


def salt_entries(entries: Sequence[Entry]) -> None:
    """Give entries of this node that travel, in order and numbered, the salts of their bodies.

    Those of a run that was spoilt by an erasure keep the random salts that they have. Needs the head in hand.
    """
    if not entries:
        return
    seeds = _seeds_for_writing(entries)
    for entry in entries:
        seed = seeds[chain.run_of(_seq(entry))]
        if seed:
            entry.salt = chain.salt_of(seed, _seq(entry)) + bytes(entry.salt[chain.SALT :])


def seeds_between(epoch: str, first: int, last: int) -> dict[int, bytes]:
    """The seeds of whole runs of this node between two sequences, by the sequence that each run begins with."""
    runs = range(-(-(first - 1) // chain.RUN), last // chain.RUN)
    found = SaltSeed.objects.filter(epoch=epoch, run__in=runs).values_list("run", "seed")
    return {run * chain.RUN + 1: bytes(seed) for run, seed in found if seed}


def spoil(entry: Entry) -> None:
    """Empty the seed that an erased entry's salt came from."""
    if entry.seq and not entry.foreign:
        SaltSeed.objects.filter(epoch=entry.epoch, run=chain.run_of(entry.seq)).update(seed=b"")


def _seeds_for_writing(entries: Sequence[Entry]) -> dict[int, bytes]:
    epoch = entries[0].epoch
    runs = range(chain.run_of(_seq(entries[0])), chain.run_of(_seq(entries[-1])) + 1)
    held = SaltSeed.objects.filter(epoch=epoch, run__in=runs).values_list("run", "seed")
    seeds = {run: bytes(seed) for run, seed in held}
    new = {run: secrets.token_bytes(chain.SALT) for run in runs if run not in seeds}
    insert_many([SaltSeed(epoch=epoch, run=run, seed=seed) for run, seed in new.items()])
    return seeds | new


def _seq(entry: Entry) -> int:
    return entry.seq or 0
