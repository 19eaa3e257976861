"""Boxes that exist only as keys and batches: what a thousand communes send after a night, made in advance.

Each has its own key, node and epoch, its own ids and a chain of its own, packed and sealed by the node's own code. The
records' bodies are drawn once for a few communes and used again by others: the hub sees no difference.
"""

import dataclasses
import secrets
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from langso.kernel.ids import new_id, public_code
from langso.kernel.journal import chain
from langso.kernel.journal.events import Reach, to_body
from langso.kernel.journal.travel import Travelling, seal
from langso.kernel.link.wire.batch import MOST_ENTRIES, Batch, pack_batch
from langso.kernel.units import Unit
from langso.trade.trace.events import LotFacts, LotIssued
from tests.load.diary import Diary

DIFFERENT = 16
"""Communes with diaries of their own; the others say the same under other names."""

LOT, LOT_EVERY = "trade.trace.lot_issued.v1", 20
"""Every twentieth entry is a lot that was issued: the hub keeps a copy of it, with its page."""


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
        for row in rows[LOT_EVERY - 1 :: LOT_EVERY]:
            row.kind, row.body = LOT, lot_body(commune)
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


def lot_body(commune: str) -> dict[str, Any]:
    """A lot of a farmer's harvest, as its home node says it to everybody."""
    harvest = new_id()
    facts = LotFacts(
        lot_id=new_id(), code=public_code(), commune=commune, product_id=new_id(),
        product_name={"vi": "Củ dong riềng tươi", "en": "Fresh canna roots"}, organisation_id=new_id(),
        keeper="Hợp tác xã dong riềng", maker="Hợp tác xã dong riềng", origin="HARVEST", season_id=new_id(),
        harvest_id=harvest, place_code=commune, place_name="Bản Nà Van", produced_date=date(2026, 10, 20),
        quantity=Decimal(420), unit=Unit.KG, available=Decimal(420), standard="VIETGAP", brand="", packed_date=None,
        pack_unit=None, pack_content=None, pack_content_unit=None, pack_count=None, expiry_date=None, state="ISSUED",
    )  # fmt: skip
    return to_body(LotIssued(lot=facts))


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
