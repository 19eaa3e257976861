"""Boxes that exist only as keys and batches: what a thousand communes send after a night, made in advance.

Each has its own key, node and epoch, its own ids and a chain of its own, packed and sealed by the node's own code. The
records' bodies are drawn once for a few communes and used again by others: the hub sees no difference.
"""

import dataclasses
import secrets
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from langso.kernel.ids import new_id
from langso.kernel.journal import chain
from langso.kernel.journal.events import Reach
from langso.kernel.journal.travel import Travelling, seal
from langso.kernel.link.wire.batch import MOST_ENTRIES, Batch, pack_batch
from tests.load.diary import Diary

DIFFERENT = 16
"""Communes with diaries of their own; the others say the same under other names."""


@dataclass(frozen=True, slots=True)
class Box:
    """`batches`: the last sequence and the bytes of each, in order."""

    node: str
    epoch: str
    commune: str
    private: bytes
    batches: list[tuple[int, bytes]]

    @property
    def key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.private)

    @property
    def last(self) -> int:
        return self.batches[-1][0] if self.batches else 0


def make_boxes(count: int, entries: int, *, processes: int = 2) -> list[Box]:
    """So many boxes with so many entries each, made by some processes at once."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(make_box, range(count), [entries] * count, chunksize=8))


def make_box(number: int, entries: int) -> Box:
    node, epoch, commune = str(new_id()), str(new_id()), f"{10_000 + number:05d}"
    previous, batches = chain.GENESIS, []
    for first in range(1, entries + 1, MOST_ENTRIES):
        models = _models(number % DIFFERENT, entries)[first - 1 : first - 1 + MOST_ENTRIES]
        rows = [
            dataclasses.replace(model, id=new_id(), node=node, epoch=epoch, seq=first + place, commune=commune)
            for place, model in enumerate(models)
        ]
        last = seal(previous, rows)
        batches.append((first + len(rows) - 1, pack_batch(Batch(node, epoch, first, previous, last, rows))))
        previous = last
    return Box(node, epoch, commune, Ed25519PrivateKey.generate().private_bytes_raw(), batches)


def one_more(box: Box, seq: int, previous: bytes) -> tuple[bytes, bytes]:
    """A batch of one entry behind `previous`, and the hash after it."""
    model = _models(0, MOST_ENTRIES)[seq % MOST_ENTRIES]
    row = dataclasses.replace(model, id=new_id(), node=box.node, epoch=box.epoch, seq=seq, commune=box.commune)
    last = seal(previous, [row])
    return pack_batch(Batch(box.node, box.epoch, seq, previous, last, [row])), last


@cache
def _models(seed: int, count: int) -> list[Travelling]:
    return [_model(record) for record in Diary(seed + 1).records(count)]


def _model(record: dict[str, Any]) -> Travelling:
    return Travelling(
        id=UUID(int=0), node="", epoch="", seq=0, commune="", to="",
        kind=str(record["kind"]).replace("farm.diary", "load"), body=record["body"], actor=UUID(record["actor"]),
        on_behalf_of=None, reach=int(Reach.PROVINCE), recorded_at=datetime.fromisoformat(record["at"]),
        occurred_at=None, salt=secrets.token_bytes(16), commitment=b"", travel_chain=b"",
    )  # fmt: skip
