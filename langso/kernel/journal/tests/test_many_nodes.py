"""One journal for many nodes: what travels, what is taken in, who hears it, and when nothing may be written."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from langso.kernel import clock
from langso.kernel.access.actors import Actor, Membership, Role, system
from langso.kernel.access.scope import commune_scope, open_commune
from langso.kernel.journal import chain, events, gate, history, homes, reading
from langso.kernel.journal.catching_up import take_up_known
from langso.kernel.journal.erasure import erase_body, erase_copy
from langso.kernel.journal.events import Reach, all_versions, event, from_body, is_known, upcast
from langso.kernel.journal.listeners import LISTENERS, Heard, Listener
from langso.kernel.journal.models import CatchUp, Cursor, Entry, Head, ParkedEntry, Unheard
from langso.kernel.journal.queries import last_position
from langso.kernel.journal.services import emit, writing
from langso.kernel.journal.travel import (
    Travelling,
    last_down,
    seal,
    take_in,
    travel,
    travel_down,
    travel_hash,
)
from langso.kernel.journal.verification import verify_journal

pytestmark = pytest.mark.django_db

HERE, THERE = "03390", "03405"


@event(reach=Reach.PUBLIC)
class Told:
    text: str


@event(version=3, reach=Reach.PROVINCE)
class Renamed:
    label: str
    count: int


@event(of_node=True)
class SaidOfNode:
    text: str


@upcast("kernel.journal.tests.renamed.v1")
def name_became_label(body: dict[str, Any]) -> dict[str, Any]:
    return {"label": body["name"]}


@upcast("kernel.journal.tests.renamed.v2")
def count_was_one(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"count": 1}


TOLD, RENAMED = "kernel.journal.tests.told.v1", "kernel.journal.tests.renamed.v3"
OPERATOR = Actor(account_id=uuid4(), name="Oanh", commune=HERE, memberships=(Membership(Role.OPERATOR, uuid4()),))


@pytest.fixture(autouse=True)
def ports() -> Iterator[None]:
    """No listeners, gates or homes but those a test puts in place."""
    listeners, gates, ask = dict(LISTENERS), list(gate.GATES), homes.SOURCE.ask
    LISTENERS.clear()
    gate.GATES.clear()
    homes.SOURCE.ask = lambda communes: lambda commune: commune == HERE
    yield
    LISTENERS.clear()
    LISTENERS.update(listeners)
    gate.GATES[:] = gates
    homes.SOURCE.ask = ask


def listen(*kinds: str, copies: bool = False) -> list[Heard[Any]]:
    heard: list[Heard[Any]] = []
    name = f"tests.listener{len(LISTENERS)}"
    LISTENERS[name] = Listener(name, kinds, heard.append, copies)
    return heard


def read_to_the_end() -> None:
    while reading.read_all():
        pass


def tell(*texts: str, commune: str = HERE, reach: Reach | None = None, to: str = "") -> None:
    with commune_scope(commune), writing():
        for text in texts:
            emit(system(commune), Told(text=text), reach=reach, to=to, reason=f"because of {text}")


def from_elsewhere(
    *texts: str, commune: str = THERE, kind: str = TOLD, key: str = "text", to: str = "", after: int = 0
) -> list[Travelling]:
    """Entries as another node would send them, from sequence `after` + 1 on."""
    previous = chain.GENESIS
    with commune_scope(HERE), transaction.atomic():
        tell("x", reach=Reach.PROVINCE)
        pattern = travel(node=Head.objects.get().node, epoch=Head.objects.get().epoch, after=0, limit=1)[0]
        transaction.set_rollback(True)
    made = [
        dataclasses.replace(
            pattern, id=uuid4(), node="other", epoch="e1", seq=after + place, commune=commune, to=to, kind=kind,
            body={key: text}, salt=bytes(range(16)),
        )
        for place, text in enumerate(texts, start=1)
    ]  # fmt: skip
    seal(previous, made)
    return made


def test_what_travels_is_proved_without_what_stays_at_home() -> None:
    tell("a", "b", reach=Reach.PROVINCE)
    head = Head.objects.get()
    sent = travel(node=head.node, epoch=head.epoch, after=0, limit=10)
    assert [(entry.seq, entry.body) for entry in sent] == [(1, {"text": "a"}), (2, {"text": "b"})]
    assert "because" not in repr(sent)
    assert "system" not in repr(sent)
    assert len(sent[0].salt) == chain.SALT
    last = bytes(head.travel_chain)
    blank = [dataclasses.replace(entry, commitment=b"", travel_chain=b"") for entry in sent]
    assert seal(chain.GENESIS, blank) == last == travel_hash(node=head.node, epoch=head.epoch, seq=2)
    forged = [dataclasses.replace(sent[0], body={"text": "z"}), sent[1]]
    assert seal(chain.GENESIS, forged) != last


def test_entries_of_another_node_stand_in_the_same_journal_and_verify() -> None:
    tell("mine", reach=Reach.PROVINCE)
    take_in(from_elsewhere("a", "b"))
    tell("mine again", reach=Reach.PROVINCE)
    assert list(Entry.objects.order_by("position").values_list("position", "node", "seq", "foreign")[1:3]) == [
        (2, "other", 1, True),
        (3, "other", 2, True),
    ]
    assert Head.objects.get().seq == 2
    assert verify_journal() == []
    Entry.objects.filter(position=3).update(body={"text": "forged"})
    assert [fault.position for fault in verify_journal()] == [3]


@pytest.mark.parametrize("change", [{"travel_chain": bytes(32)}, {"reason": "another"}, {"aside": b"1" * 32}])
def test_verification_covers_the_aside_and_each_nodes_own_chain(change: dict[str, object]) -> None:
    tell("mine", reach=Reach.PROVINCE)
    take_in(from_elsewhere("a", "b"))
    Entry.objects.filter(position=1 if "reason" in change or "aside" in change else 2).update(**change)
    assert verify_journal()


def test_an_identity_is_taken_in_once() -> None:
    take_in(from_elsewhere("a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        take_in(from_elsewhere("b"))
    assert Entry.objects.count() == 1
    assert verify_journal() == []


def test_a_listener_hears_its_own_communes_and_one_that_keeps_copies_hears_all() -> None:
    own, copies = listen(TOLD), listen(TOLD, copies=True)
    tell("here")
    tell("at home elsewhere", commune=THERE)
    take_in(from_elsewhere("from there"))
    take_in(from_elsewhere("a wish", commune=THERE, to=HERE, after=1))
    take_in(from_elsewhere("taken back", commune=HERE, after=2))
    take_in(from_elsewhere("of the province", commune="", after=3))
    read_to_the_end()
    assert [heard.fact.text for heard in own] == ["here", "a wish", "taken back"]
    assert [heard.fact.text for heard in copies] == [
        "here", "at home elsewhere", "from there", "a wish", "taken back", "of the province",
    ]  # fmt: skip
    assert [(heard.foreign, heard.node, heard.to) for heard in own][1:] == [(True, "other", HERE), (True, "other", "")]
    assert not own[0].foreign


def test_a_wish_is_heard_with_the_commune_open_that_it_is_addressed_to() -> None:
    opened: list[str] = []
    LISTENERS["tests.wish"] = Listener("tests.wish", (TOLD,), lambda heard: opened.append(open_commune()))
    take_in(from_elsewhere("a wish", commune=THERE, to=HERE))
    read_to_the_end()
    assert opened == [HERE]


def test_history_is_heard_by_nobody() -> None:
    own, copies = listen(TOLD), listen(TOLD, copies=True)
    take_in(from_elsewhere("long ago", commune=HERE), history=True)
    read_to_the_end()
    assert own == copies == []
    assert verify_journal() == []


def test_what_came_over_the_link_before_its_commune_moved_here_is_heard_by_nobody() -> None:
    arrived = from_elsewhere("before the move")
    take_in(arrived)
    tell("of another commune")
    heard = listen(TOLD)
    row = Entry.objects.filter(pk=arrived[0].id).values(*history.TOLD).get()
    homes.SOURCE.ask = lambda communes: lambda commune: True
    with transaction.atomic():
        reading.let_nobody_hear()
        assert history.take_history([row]) == (0, 0)
    read_to_the_end()
    assert [each.fact.text for each in heard] == ["of another commune"]
    assert verify_journal() == []


def test_a_kind_from_a_newer_program_is_kept_and_heard_after_the_upgrade_in_order_and_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = listen(TOLD)
    tell("1")
    newer = "kernel.journal.tests.invented.v1"
    take_in(from_elsewhere("2", "3", commune=HERE, kind=newer))
    tell("4")
    read_to_the_end()
    assert [heard.fact.text for heard in known] == ["1", "4"]
    assert list(Unheard.objects.values_list("kind", flat=True)) == [newer]
    assert take_up_known() == 0

    monkeypatch.setitem(events.KINDS, newer, Told)
    (listener,) = LISTENERS.values()
    LISTENERS[listener.name] = dataclasses.replace(listener, kinds=(TOLD, newer))
    tell("5")
    assert take_up_known() == 1
    assert take_up_known() == 0
    read_to_the_end()
    assert [heard.fact.text for heard in known] == ["1", "4", "2", "3", "5"]
    assert not CatchUp.objects.exists()
    assert list(Cursor.objects.values_list("listener", flat=True)) == [listener.name]


def test_what_cannot_be_digested_while_catching_up_is_parked_and_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "RETRY_AFTER", (reading.timedelta(0), reading.timedelta(0)))
    newer, broken, heard = "kernel.journal.tests.invented.v1", True, []

    def picky(entry: Heard[Told]) -> None:
        if broken and entry.fact.text == "2":
            raise RuntimeError("cannot digest")
        heard.append(entry.fact.text)

    LISTENERS["tests.picky"] = Listener("tests.picky", (TOLD, newer), picky)
    tell("1")
    take_in(from_elsewhere("2", "3", commune=HERE, kind=newer))
    LISTENERS["tests.picky"] = Listener("tests.picky", (TOLD,), picky)
    tell("4")
    read_to_the_end()
    monkeypatch.setitem(events.KINDS, newer, Told)
    LISTENERS["tests.picky"] = Listener("tests.picky", (TOLD, newer), picky)
    take_up_known()
    for _ in range(6):
        reading.read_all()
    assert heard == ["1", "4", "3"]
    parked = ParkedEntry.objects.get()
    broken = False
    reading.hear_entry(LISTENERS[parked.listener.partition("~")[0]], parked.entry)
    assert heard[-1] == "2"


def test_older_versions_are_lifted_when_they_are_read() -> None:
    assert all_versions(RENAMED) == (RENAMED, RENAMED.replace("v3", "v2"), RENAMED.replace("v3", "v1"))
    assert from_body(RENAMED.replace("v3", "v1"), {"name": "x"}) == Renamed(label="x", count=1)
    assert is_known(RENAMED.replace("v3", "v1"))
    assert not is_known(RENAMED.replace("v3", "v4"))
    heard = listen(*all_versions(RENAMED))
    take_in(from_elsewhere("old", commune=HERE, kind=RENAMED.replace("v3", "v1"), key="name"))
    read_to_the_end()
    assert [entry.fact for entry in heard] == [Renamed(label="old", count=1)]


def closed_for(*communes: str) -> Callable[[str], gate.GateClosed | None]:
    return lambda commune: gate.HomeElsewhere() if commune in communes else None


def test_nothing_is_written_about_a_commune_whose_gate_is_closed() -> None:
    gate.GATES.append(closed_for(THERE))
    with pytest.raises(gate.HomeElsewhere):
        tell("no", commune=THERE)
    assert last_position() == 0
    tell("yes")
    tell("a wish", commune=THERE, to=THERE)
    with commune_scope(THERE), writing():
        emit(system(THERE), SaidOfNode(text="signed in"))
    assert Entry.objects.count() == 3


def test_a_stopped_node_sends_nothing_not_even_a_wish() -> None:
    gate.GATES.append(closed_for("", HERE))
    for act in (lambda: tell("x"), lambda: tell("x", to=THERE)):
        with pytest.raises(gate.GateClosed):
            act()
    with writing():
        emit(system(HERE), SaidOfNode(text="signed in"))


def test_a_listener_waits_at_a_closed_gate_and_parks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CLOSED_FOR", reading.timedelta(0))

    def answer(heard: Heard[Told]) -> None:
        emit(system(HERE), SaidOfNode(text="before"))
        emit(system(HERE), Told(text=f"answer to {heard.fact.text}"), reach=Reach.HERE)

    tell("a", "b")
    LISTENERS["tests.answer"] = Listener("tests.answer", (TOLD,), answer, False, until=2)
    gate.GATES.append(closed_for(HERE))
    for _ in range(5):
        assert reading.read_step(LISTENERS["tests.answer"], end=2) == 0
    assert (last_position(), ParkedEntry.objects.count(), Cursor.objects.get().attempts) == (2, 0, 0)
    gate.GATES.clear()
    assert reading.read_step(LISTENERS["tests.answer"], end=2) == 2
    assert last_position() == 6


def test_a_wish_must_be_able_to_travel() -> None:
    with pytest.raises(ValueError, match="cannot be a wish"):
        tell("x", reach=Reach.HERE, to=THERE)


def test_what_goes_down_is_for_all_communes_or_a_wish_for_those_asked_for() -> None:
    tell("public in one commune")
    tell("for all communes", reach=Reach.COMMUNES)
    tell("a wish", commune=THERE, to=THERE)
    take_in(from_elsewhere("a wish from elsewhere", to=HERE))
    found = travel_down(after=0, communes=[THERE], limit=10)
    assert [(position, entry.body["text"]) for position, entry in found] == [(2, "for all communes"), (3, "a wish")]
    assert [position for position, _ in travel_down(after=2, communes=[HERE], limit=10)] == [4]
    assert last_down() == 4


def test_an_entry_that_travelled_is_erased_everywhere_but_only_by_its_own_node() -> None:
    tell("personal", reach=Reach.PROVINCE)
    entry_id = Entry.objects.get().pk
    erase_body(OPERATOR, entry_id=entry_id, reason="asked for")
    erasure = Entry.objects.get(position=2)
    assert (erasure.reach, erasure.kind) == (Reach.PROVINCE, "kernel.journal.body_erased.v1")
    head = Head.objects.get()
    sent = travel(node=head.node, epoch=head.epoch, after=0, limit=10)
    assert (sent[0].body, sent[0].salt) == ({"erased": True}, b"")
    assert seal(chain.GENESIS, sent) == bytes(head.travel_chain)

    copy = from_elsewhere("theirs")
    take_in(copy)
    for node, body in (("third", {"text": "theirs"}), ("other", {"erased": True})):
        erase_copy(heard_erasure(copy[0].id, node))
        assert Entry.objects.get(pk=copy[0].id).body == body
    assert verify_journal() == []


def heard_erasure(entry_id: UUID, node: str) -> Heard[Any]:
    fact = from_body("kernel.journal.body_erased.v1", {"entry_id": str(entry_id)})
    now = Entry.objects.get(pk=entry_id).recorded_at
    return Heard(uuid4(), 9, THERE, fact, None, None, now, None, node=node, foreign=True)


def test_times_of_any_zone_verify() -> None:
    with clock.set_to(datetime(2026, 11, 1, 8, tzinfo=clock.VIET_NAM)), writing():
        emit(system(HERE), Told(text="a"), occurred_at=clock.now())
    assert verify_journal() == []


def test_an_older_journal_is_sealed_anew_and_one_with_a_fault_is_refused() -> None:
    """The migration of journals whose commitments still covered reason and name."""
    migration = import_module("langso.kernel.journal.migrations.0002_many_nodes")
    tell("a", reach=Reach.PROVINCE)
    tell("b", "c")
    with writing():
        erased = emit(OPERATOR, Told(text="d"))
    erase_body(OPERATOR, entry_id=erased, reason="asked for")
    was = chain.GENESIS
    for entry in Entry.objects.order_by("position"):
        if entry.salt:
            entry.salt = bytes(entry.salt[:16])
            private = {"body": entry.body, "reason": entry.reason, "actor_name": entry.actor_name}
            entry.commitment = chain.commitment(entry.salt, private)
        entry.aside = b""
        *_, said = migration._ways_to_say(entry)
        entry.chain = was = chain.link(was, said | {"position": entry.position})
        entry.save()
    with transaction.atomic():
        Entry.objects.filter(position=2).update(reason="forged")
        with pytest.raises(ValueError, match="entry 2"):
            migration.seal_anew(apps, None)
        transaction.set_rollback(True)
    migration.seal_anew(apps, None)
    assert verify_journal() == []
    assert Entry.objects.filter(salt__gt=b"").count() == 4
