"""A hundred salts travel as one seed, and an erased body's salt cannot be worked out again from anything."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from langso.kernel.access.actors import system
from langso.kernel.journal import chain
from langso.kernel.journal.erasure import erase_body
from langso.kernel.journal.events import Reach, event
from langso.kernel.journal.models import Entry, SaltSeed
from langso.kernel.journal.salts import seeds_between
from langso.kernel.journal.services import emit, identity, writing
from langso.kernel.journal.travel import seal, travel, travel_hash
from langso.kernel.journal.verification import verify_journal
from langso.kernel.link.wire import squeeze
from langso.kernel.link.wire.batch import Batch, pack_batch, unpack_batch
from langso.kernel.link.wire.errors import Malformed

pytestmark = pytest.mark.django_db


@event(reach=Reach.PROVINCE)
class Salted:
    text: str


def tell(count: int, *, reach: Reach = Reach.PROVINCE) -> list[UUID]:
    with writing():
        return [emit(system("03390"), Salted(text=str(number)), reach=reach) for number in range(count)]


def batch(after: int, limit: int) -> Batch:
    """A batch of this node's own entries, as it is sent."""
    here = identity()
    entries = travel(node=here.node, epoch=here.epoch, after=after, limit=limit)
    before = travel_hash(node=here.node, epoch=here.epoch, seq=after) or b""
    seeds = seeds_between(here.epoch, after + 1, after + len(entries))
    return Batch(here.node, here.epoch, after + 1, before, entries[-1].travel_chain, entries, seeds)


def arrives(sent: Batch) -> int:
    """Prove that a batch comes to the same hash on the other side; the bytes that it weighed."""
    data = pack_batch(sent)
    read = unpack_batch(data)
    assert [entry.salt for entry in read.entries] == [entry.salt for entry in sent.entries]
    assert seal(read.previous, read.entries) == sent.last
    return len(data)


def without_seeds(sent: Batch) -> Batch:
    return Batch(sent.node, sent.epoch, sent.first, sent.previous, sent.last, sent.entries)


def test_whole_runs_travel_as_their_seeds() -> None:
    tell(30, reach=Reach.HERE)
    tell(250)
    assert verify_journal() == []
    sent = batch(0, 500)
    assert sorted(sent.seeds) == [1, 101]
    assert arrives(without_seeds(sent)) - arrives(sent) >= 198 * chain.SALT - 40
    assert {entry.salt for entry in sent.entries} == {bytes(entry.salt)[: chain.SALT] for entry in travelled()}
    assert len({entry.salt for entry in sent.entries}) == 250


@pytest.mark.parametrize(
    ("after", "limit", "runs"), [(30, 270, [101, 201]), (99, 102, [101]), (101, 150, []), (0, 99, [])]
)
def test_a_batch_begins_and_ends_anywhere(after: int, limit: int, runs: list[int]) -> None:
    tell(120)
    tell(220)
    sent = batch(after, limit)
    assert sorted(sent.seeds) == runs
    arrives(sent)


def test_an_erased_body_takes_the_seed_of_its_run_with_it() -> None:
    told = tell(150)
    here = identity()
    erased = Entry.objects.get(pk=told[119])
    erase_body(system("03390"), entry_id=erased.pk, reason="asked for")
    assert bytes(SaltSeed.objects.get(epoch=here.epoch, run=1).seed) == b""
    assert sorted(batch(0, 500).seeds) == [1]
    tell(100)
    assert sorted(batch(0, 500).seeds) == [1]
    assert bytes(SaltSeed.objects.get(epoch=here.epoch, run=1).seed) == b""
    assert len({entry.salt for entry in batch(0, 500).entries}) == 251
    assert verify_journal() == []
    arrives(batch(0, 500))


def test_salts_from_before_there_were_seeds_travel_one_by_one() -> None:
    tell(100)
    SaltSeed.objects.update(seed=b"something else 1")
    sent = batch(0, 500)
    assert arrives(sent) == arrives(without_seeds(sent))


def changed(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    length = int.from_bytes(data[:4], "big")
    document = json.loads(squeeze.unpack(data[4 : 4 + length]))
    change(document)
    packed = squeeze.pack(json.dumps(document).encode())
    return len(packed).to_bytes(4, "big") + packed + data[4 + length :]


@pytest.mark.parametrize(
    "starts", [[-1], [51], [0, 50], [True], ["0"], [0, 0], {"0": 1}, None, [1e300], [2**70]], ids=str
)
def test_runs_that_do_not_fit_are_refused(starts: object) -> None:
    tell(150)
    with pytest.raises(Malformed):
        unpack_batch(changed(pack_batch(batch(0, 500)), lambda document: document.update(seeded=starts)))


def test_a_run_over_an_erased_body_is_refused() -> None:
    tell(100)
    with pytest.raises(Malformed):
        unpack_batch(changed(pack_batch(batch(0, 500)), lambda document: document["erased"].update({"7": "00" * 32})))


def travelled() -> list[Entry]:
    return list(Entry.objects.filter(seq__isnull=False))
