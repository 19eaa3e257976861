"""A box of which a copy wrote: once it is let in again nothing of its own is lost, and no identity is used twice."""

import dataclasses
from uuid import uuid4

import pytest

from langso.kernel.access.actors import system
from langso.kernel.journal import chain, reading
from langso.kernel.journal.events import Reach, event
from langso.kernel.journal.listeners import LISTENERS, Listener
from langso.kernel.journal.models import Entry
from langso.kernel.journal.queries import own_epochs
from langso.kernel.journal.services import emit, identity, writing
from langso.kernel.journal.travel import Travelling, seal, travel
from langso.kernel.journal.verification import verify_journal
from langso.kernel.link.parting import part_from_copy
from langso.kernel.link.proving import Ask, same_up_to
from langso.kernel.link.sending import Outgoing

pytestmark = pytest.mark.django_db


@event(reach=Reach.PROVINCE)
class WrittenByBox:
    text: str


def write(*texts: str) -> None:
    with writing():
        for text in texts:
            emit(system("03390"), WrittenByBox(text=text))


def own(epoch: str) -> list[Travelling]:
    return travel(node=identity().node, epoch=epoch, after=0, limit=10_000)


def hub_with(entries: list[Travelling]) -> Ask:
    """A hub that holds these entries, as it would answer."""

    def ask(epoch: str, after: int, limit: int) -> tuple[int, str]:
        piece = [dataclasses.replace(entry) for entry in entries[after : after + limit]]
        if not piece:
            return after, ""
        before = entries[after - 1].travel_chain if after else chain.GENESIS
        return piece[-1].seq, seal(before, piece).hex()

    return ask


def forked(entries: list[Travelling], at: int, count: int) -> list[Travelling]:
    """The same beginning, and then what the copy wrote."""
    held = [dataclasses.replace(entry) for entry in entries[:at]]
    for seq in range(at + 1, at + count + 1):
        held.append(dataclasses.replace(entries[0], id=uuid4(), seq=seq, body={"text": f"copy {seq}"}))
    seal(chain.GENESIS, held)
    return held


def test_where_the_two_are_the_same_is_found_to_the_entry() -> None:
    write(*(str(number) for number in range(40)))
    epoch = identity().epoch
    mine = own(epoch)
    assert same_up_to(hub_with(mine), epoch, 40) == (40, 40)
    assert same_up_to(hub_with(mine[:25]), epoch, 40) == (25, 25)
    assert same_up_to(hub_with([]), epoch, 40) == (0, 0)
    for at in (0, 1, 7, 39):
        assert same_up_to(hub_with(forked(mine, at, 40 - at)), epoch, 40) == (at, 40)


def test_what_was_written_after_the_parting_is_told_again_in_a_new_epoch() -> None:
    write("a", "b", "c", "d", "e")
    before = identity().epoch
    LISTENERS["tests.heard"] = Listener("tests.heard", ("kernel.link.tests.written_by_box.v1",), heard.append)
    try:
        reading.read_all()
        hub = forked(own(before), 3, 4)
        told = part_from_copy(system(), hub_with(hub), {before: {"upto": 7, "hash": ""}})
        reading.read_all()
    finally:
        del LISTENERS["tests.heard"]
    assert told == 2
    after = identity().epoch
    assert own_epochs() == {before: 3, after: 2}
    assert [entry.body["text"] for entry in own(after)] == ["d", "e"]
    assert len(heard) == 5
    assert verify_journal() == []
    parcel = Outgoing({before: 7}).next()
    assert parcel
    assert (parcel.epoch, parcel.end) == (after, 2)
    write("f")
    assert own_epochs()[after] == 3
    assert Entry.objects.filter(epoch=before).count() == 5


heard: list[object] = []


def test_a_copy_that_went_further_only_ends_the_epoch() -> None:
    write("a", "b")
    before = identity().epoch
    assert part_from_copy(system(), hub_with(forked(own(before), 2, 3)), {before: {"upto": 5}}) == 0
    write("c")
    assert own_epochs() == {before: 2, identity().epoch: 1}


@pytest.mark.parametrize("upto", [0, 2, 3])
def test_a_hub_that_holds_the_beginning_is_simply_behind(upto: int) -> None:
    write("a", "b", "c")
    before = identity().epoch
    assert part_from_copy(system(), hub_with(own(before)[:upto]), {before: {"upto": upto}}) is None
    assert identity().epoch == before
