"""A restored node: a new epoch, a closed gate, and its own later entries back, each proved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.backup import restorations, texts
from langso.kernel.backup.restorations import NothingRestored, NotOurChain, TakingBack
from langso.kernel.errors import Invalid
from langso.kernel.journal import reading
from langso.kernel.journal.events import Reach, event
from langso.kernel.journal.listeners import LISTENERS, Heard, Listener
from langso.kernel.journal.models import Entry, Head
from langso.kernel.journal.services import emit, writing
from langso.kernel.journal.travel import Travelling, travel
from langso.kernel.journal.verification import verify_journal

pytestmark = pytest.mark.django_db
NODE = system()


@event(reach=Reach.PROVINCE)
class Weighed:
    thing_id: UUID


@event()
class Whispered:
    text: str


def weigh(count: int) -> None:
    with writing():
        for _ in range(count):
            emit(system("03390"), Weighed(thing_id=uuid4()))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[Travelling]:
    """A node that wrote 3 entries, was copied, wrote 5 more that its hub has, and was restored from the copy."""
    monkeypatch.setattr(restorations, "HAS_HUB", [lambda: True])
    weigh(3)
    copied = Head.objects.get()
    with writing():
        emit(system("03390"), Whispered(text="never travels, so it is lost"))
    weigh(5)
    known = travel(node=copied.node, epoch=copied.epoch, after=3, limit=100)
    Entry.objects.filter(position__gt=copied.position).delete()
    copied.save()
    restorations.begin(NODE, snapshot="000001-x", taken_at=clock.now() - timedelta(hours=7))
    return known


def take_back(entries: Sequence[Travelling], *, upto: int) -> int:
    """As the link does it: of all hashes only the last one travels."""
    bare = [replace(entry, commitment=b"", travel_chain=b"") for entry in entries]
    last = entries[-1].travel_chain if entries else b""
    return restorations.take_back(NODE, entries=bare, last=last, upto=upto)


def test_a_node_without_a_hub_goes_on_in_a_new_epoch() -> None:
    weigh(2)
    before = Head.objects.get()
    restorations.begin(NODE, snapshot="000001-x", taken_at=clock.now())
    weigh(2)
    after = Head.objects.get()
    assert (before.epoch != after.epoch, before.node, after.seq) == (True, after.node, 2)
    assert verify_journal() == []
    with pytest.raises(NothingRestored):
        restorations.finish_without_hub(NODE, reason="why not")


def test_until_its_later_entries_are_back_nothing_is_written_and_everything_read(later: list[Travelling]) -> None:
    with pytest.raises(TakingBack):
        weigh(1)
    assert take_back(later[:2], upto=8) == 5
    with pytest.raises(TakingBack):
        weigh(1)
    told = " ".join(texts.restore_sentences())
    assert "2" in told
    assert "7" in told, "the hours of which what never travelled is lost"
    assert take_back(later, upto=8) == 8
    weigh(1)
    assert list(Entry.objects.filter(kind__contains="weighed").order_by("position").values_list("seq", flat=True)) == [
        1, 2, 3, 4, 5, 6, 7, 8, 1
    ]  # fmt: skip
    assert [entry.id for entry in later] == list(
        Entry.objects.filter(foreign=True).order_by("position").values_list("id", flat=True)
    )
    assert verify_journal() == []
    with pytest.raises(NothingRestored):
        take_back(later, upto=8)


def test_what_came_back_is_heard_like_everything_else_and_once(later: list[Travelling]) -> None:
    heard: list[UUID] = []

    def hear(entry: Heard[Weighed]) -> None:
        heard.append(entry.fact.thing_id)

    kept = dict(LISTENERS)
    LISTENERS.clear()
    LISTENERS["tests.weighed"] = Listener("tests.weighed", ("kernel.backup.tests.weighed.v1",), hear)
    try:
        reading.read_all()
        assert len(heard) == 3
        take_back(later, upto=8)
        reading.read_all()
        reading.read_all()
    finally:
        LISTENERS.clear()
        LISTENERS.update(kept)
    assert len(heard) == len(set(heard)) == 8


def test_a_hub_that_has_no_more_than_the_snapshot_opens_the_gate_at_once(later: list[Travelling]) -> None:
    assert take_back([], upto=3) == 3
    weigh(1)


def test_what_does_not_continue_the_chain_is_refused_as_a_whole(later: list[Travelling]) -> None:
    forged = [replace(entry) for entry in later]
    forged[2] = replace(forged[2], body={"thing_id": str(uuid4())})
    swapped = [later[1], later[0], *later[2:]]
    elsewhere = [replace(entry, epoch="e9") for entry in later]
    for wrong in (forged, swapped, later[1:], elsewhere):
        with pytest.raises(NotOurChain):
            take_back(wrong, upto=8)
    assert not Entry.objects.filter(foreign=True).exists()
    with pytest.raises(TakingBack):
        weigh(1)


def test_an_operator_may_go_on_without_the_hub_and_says_why(later: list[Travelling]) -> None:
    with pytest.raises(Invalid):
        restorations.finish_without_hub(NODE, reason="  ")
    restorations.finish_without_hub(NODE, reason="the hub burnt down")
    weigh(1)
    assert Entry.objects.get(kind="kernel.backup.restoration_finished.v1").reason == "the hub burnt down"
    assert any("the hub burnt down" in sentence for sentence in texts.restore_sentences())
