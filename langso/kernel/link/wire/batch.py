"""A batch of entries of one node and epoch, without gaps, as bytes.

    4 bytes      length of the packed document (big endian)
    document     canonical JSON, packed: what is said once (node, epoch, first sequence, the hash before, the last hash)
                 and columns for the rest
    table        tails of the ids (10 bytes each), seeds of whole runs of salts (16 bytes each), then the salts of all
                 other bodies that are not erased (16 bytes each)

Hashes do not squeeze, so of all of them only the last travels: who receives the batch works out the others from the
bodies and must come to the same one, which proves every entry, their order and what was before.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from langso.kernel.journal.chain import RUN, SALT, salt_of
from langso.kernel.journal.travel import Travelling
from langso.kernel.link.wire import squeeze
from langso.kernel.link.wire.columns import TAIL, Ids, Reader, write
from langso.kernel.link.wire.errors import Malformed

MOST_ENTRIES: Final = 500
MOST_PACKED: Final = 4 * 1024 * 1024
MOST_TOLD: Final = 1024 * 1024
"""Bytes of bodies after which a batch is closed, though it holds fewer entries."""
HASH: Final = 32
ERASED: Final = {"erased": True}
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
LAST_SEQ: Final = 2**53 - MOST_ENTRIES
"""Beyond it JSON has no whole numbers that everybody reads alike."""
EARLIEST, LATEST = -(2**55), 2**57
"""Microseconds since 1970 that a time may be at: the years 829 to 6536, wrong clocks included."""
TEXTS: Final = {"commune": 5, "to": 5, "kind": 120}


@dataclass(frozen=True, slots=True)
class Batch:
    """`first` is the sequence of its first entry; `previous` the hash before it, `last` the one of its last entry.

    The entries' hashes are not filled in yet: `travel.seal` does that. `seeds`: of whole runs of salts, by the sequence
    that the run begins with; only whoever wrote the entries has them.
    """

    node: str
    epoch: str
    first: int
    previous: bytes
    last: bytes
    entries: Sequence[Travelling]
    seeds: Mapping[int, bytes] = field(default_factory=dict)

    @property
    def end(self) -> int:
        return self.first + len(self.entries) - 1


def pack_batch(batch: Batch) -> bytes:
    """The batch as bytes."""
    ids, seeds = Ids(), _fitting(batch)
    document = {
        "node": batch.node,
        "epoch": batch.epoch,
        "first": batch.first,
        "previous": batch.previous.hex(),
        "last": batch.last.hex(),
        "rows": len(batch.entries),
        **({"seeded": list(seeds)} if seeds else {}),
        **_columns(batch.entries, ids),
    }
    document["times"], tails = ids.table()
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    packed = squeeze.pack(text)
    derived = _rows_of(seeds)
    salts = (entry.salt for row, entry in enumerate(batch.entries) if row not in derived)
    return b"".join((len(packed).to_bytes(4, "big"), packed, tails, *seeds.values(), *salts))


def _fitting(batch: Batch) -> dict[int, bytes]:
    """Seeds by the row that their run begins at: of those runs whose every salt comes from the seed."""
    fitting = {}
    for seq, seed in sorted(batch.seeds.items()):
        row = seq - batch.first
        run = batch.entries[row : row + RUN]
        if len(run) == RUN and all(entry.salt == salt_of(seed, entry.seq) for entry in run):
            fitting[row] = seed
    return fitting


def _rows_of(starts: Iterable[int]) -> set[int]:
    return {row for start in starts for row in range(start, start + RUN)}


def unpack_batch(data: bytes) -> Batch:
    """The batch that the bytes hold. Raises `Malformed`; never anything else, whatever the bytes are."""
    if len(data) > MOST_PACKED:
        raise Malformed(f"more than {MOST_PACKED} bytes")
    length = int.from_bytes(data[:4], "big")
    unpacked = squeeze.unpack(data[4 : 4 + length])
    try:
        document = json.loads(unpacked, parse_constant=_no_constant)
    except (ValueError, RecursionError) as broken:
        raise Malformed(f"no JSON: {broken}"[:200]) from None
    if not isinstance(document, dict) or b"\\u0000" in unpacked:
        raise Malformed("no document")
    return _Opened(document, data[4 + length :], squeeze.MOST_UNPACKED - len(unpacked)).batch()


def _columns(entries: Sequence[Travelling], ids: Ids) -> dict[str, Any]:
    recorded = [_microseconds(entry.recorded_at) for entry in entries]
    occurred = [None if entry.occurred_at is None else _microseconds(entry.occurred_at) for entry in entries]
    kinds = list(dict.fromkeys(entry.kind for entry in entries))
    return {
        "ids": write([str(entry.id) for entry in entries], ids),
        **{
            name: write([getattr(entry, name) for entry in entries], ids) for name in ("commune", "to", "kind", "reach")
        },
        "actor": write([_text(entry.actor) for entry in entries], ids),
        "on_behalf_of": write([_text(entry.on_behalf_of) for entry in entries], ids),
        "recorded": write(recorded[:1] + [after - before for before, after in pairwise(recorded)], ids),
        "occurred": write(
            [None if at is None else at - then for at, then in zip(occurred, recorded, strict=True)], ids
        ),
        "erased": {str(place): entry.commitment.hex() for place, entry in enumerate(entries) if not entry.salt},
        "bodies": {kind: write([e.body for e in entries if e.kind == kind and e.salt], ids) for kind in kinds},
    }


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


class _Opened:
    """A document that was opened: everything in it is looked at before it is believed."""

    def __init__(self, document: dict[str, Any], table: bytes, left: int) -> None:
        self.document = document
        self.rows = self.whole("rows", 1, MOST_ENTRIES)
        times = self.part("times", list)
        self.tails, self.table = table[: TAIL * len(times)], table[TAIL * len(times) :]
        self.reader = Reader(Ids(times, self.tails), left)

    def batch(self) -> Batch:
        return Batch(
            node=self.name("node"),
            epoch=self.name("epoch"),
            first=self.whole("first", 1, LAST_SEQ),
            previous=self.hash(self.part("previous", str)),
            last=self.hash(self.part("last", str)),
            entries=self.entries(),
        )

    def entries(self) -> list[Travelling]:
        node, epoch, first = self.name("node"), self.name("epoch"), self.whole("first", 1, LAST_SEQ)
        # In the order in which they were written, or new ids would be taken for others.
        ids = self.column("ids", _id)
        texts = {name: self.column(name, _short(longest)) for name, longest in TEXTS.items() if name != "kind"}
        texts["kind"] = self.column("kind", _short(TEXTS["kind"]))
        reaches = self.column("reach", _reach)
        actors, behalf = self.column("actor", _id_or_none), self.column("on_behalf_of", _id_or_none)
        recorded, occurred = self.times()
        erased = self.erased()
        bodies, salts = self.bodies(texts["kind"], erased), self.each_salt(erased, first)
        return [
            Travelling(
                id=ids[row],
                node=node,
                epoch=epoch,
                seq=first + row,
                commune=texts["commune"][row],
                to=texts["to"][row],
                kind=texts["kind"][row],
                body=bodies[row],
                actor=actors[row],
                on_behalf_of=behalf[row],
                reach=reaches[row],
                recorded_at=recorded[row],
                occurred_at=occurred[row],
                salt=salts[row],
                commitment=erased.get(row, b""),
                travel_chain=b"",
            )
            for row in range(self.rows)
        ]

    def part(self, name: str, kind: type) -> Any:
        value = self.document.get(name)
        if type(value) is not kind:
            raise Malformed(f"{name} is missing or of the wrong kind")
        return value

    def whole(self, name: str, least: int, most: int) -> int:
        value: int = self.part(name, int)
        if not least <= value <= most:
            raise Malformed(f"{name} is out of range")
        return value

    def name(self, name: str) -> str:
        value: str = self.part(name, str)
        if not 0 < len(value) <= 36 or not value.isascii() or not value.isprintable():
            raise Malformed(f"{name} is no name")
        return value

    def column(self, name: str, convert: Callable[[Any], Any]) -> list[Any]:
        return [convert(value) for value in self.reader.read(self.document.get(name), self.rows)]

    def times(self) -> tuple[list[datetime], list[datetime | None]]:
        recorded: list[datetime] = []
        said: list[datetime | None] = []
        now = 0
        steps, offsets = self.column("recorded", _step), self.column("occurred", _step_or_none)
        for step, offset in zip(steps, offsets, strict=True):
            now += step
            recorded.append(_moment(now))
            said.append(None if offset is None else _moment(now + offset))
        return recorded, said

    def erased(self) -> dict[int, bytes]:
        given = self.part("erased", dict)
        if not all(place.isdecimal() and len(place) <= 3 and int(place) < self.rows for place in given):
            raise Malformed("erased names an entry that is not there")
        return {int(place): self.hash(commitment) for place, commitment in given.items()}

    def bodies(self, kinds: list[str], erased: dict[int, bytes]) -> list[dict[str, Any]]:
        columns = self.part("bodies", dict)
        bodies: list[dict[str, Any]] = [ERASED] * self.rows
        for kind in dict.fromkeys(kinds):
            rows = [row for row in range(self.rows) if kinds[row] == kind and row not in erased]
            for row, body in zip(rows, self.reader.read(columns.get(kind), len(rows)), strict=True):
                if not isinstance(body, dict):
                    raise Malformed("a body is no object")
                bodies[row] = body
        return bodies

    def each_salt(self, erased: dict[int, bytes], first: int) -> list[bytes]:
        starts = self.seeded(erased)
        derived = _rows_of(starts)
        if len(self.table) != SALT * (len(starts) + self.rows - len(erased) - len(derived)):
            raise Malformed("there is not one salt for each body")
        pieces = iter([self.table[at : at + SALT] for at in range(0, len(self.table), SALT)])
        salts = {
            row: salt_of(seed, first + row)
            for start, seed in zip(starts, pieces, strict=False)
            for row in range(start, start + RUN)
        }
        return [b"" if row in erased else salts.get(row) or next(pieces) for row in range(self.rows)]

    def seeded(self, erased: dict[int, bytes]) -> list[int]:
        """The rows that runs of derived salts begin at: in order, apart from each other, nothing erased in them."""
        starts = self.part("seeded", list) if "seeded" in self.document else []
        if not all(type(start) is int for start in starts):
            raise Malformed("a run of salts begins nowhere")
        free = 0
        for start in starts:
            if not free <= start <= self.rows - RUN or any(start <= row < start + RUN for row in erased):
                raise Malformed("a run of salts does not fit its rows")
            free = start + RUN
        return starts

    @staticmethod
    def hash(value: Any) -> bytes:
        try:
            found = bytes.fromhex(value)
        except (TypeError, ValueError):
            found = b""
        if len(found) != HASH:
            raise Malformed("a hash is not 32 bytes")
        return found


def _id(value: Any) -> UUID:
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        raise Malformed("an id is none") from None


def _id_or_none(value: Any) -> UUID | None:
    return None if value is None else _id(value)


def _short(longest: int) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or len(value) > longest or not (value.isascii() and value.isprintable()):
            raise Malformed("a text is too long, or holds what it may not")
        return value

    return check


def _reach(value: Any) -> int:
    if type(value) is not int or not 0 < value <= 3:
        raise Malformed("a reach that does not exist, or of what must not travel")
    return value


def _step(value: Any) -> int:
    if type(value) is not int or not EARLIEST <= value <= LATEST:
        raise Malformed("a time is no time")
    return value


def _step_or_none(value: Any) -> int | None:
    return None if value is None else _step(value)


def _moment(microseconds: int) -> datetime:
    if not EARLIEST <= microseconds <= LATEST:
        raise Malformed("a time is out of range")
    return EPOCH + microseconds * MICROSECOND


def bounded(entries: Iterable[Travelling], sizes: Callable[[Travelling], int]) -> list[Travelling]:
    """As many of the entries as belong into one batch, at least one."""
    taken: list[Travelling] = []
    told = 0
    for entry in entries:
        told += sizes(entry)
        if taken and (told > MOST_TOLD or len(taken) == MOST_ENTRIES):
            break
        taken.append(entry)
    return taken
