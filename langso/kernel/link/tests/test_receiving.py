"""What a hub does with batches: applied once and in order, or refused with a reason; nothing is dropped.

Django's client raises what a view raises, so a test that comes to its end has seen no error of the program.
"""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from langso.kernel.access.actors import system
from langso.kernel.journal.models import Entry, Unheard
from langso.kernel.journal.verification import verify_journal
from langso.kernel.link import comparing, quarantine, standing
from langso.kernel.link.models import Incident, Node, Quarantined, Received, Traffic
from langso.kernel.link.tests.boxes import Box, joined_box
from langso.kernel.link.wire import squeeze
from langso.kernel.link.wire.batch import MOST_PACKED, unpack_batch
from langso.kernel.link.wire.errors import Malformed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hub(settings: Settings) -> None:
    settings.ROLE = "hub"


@pytest.fixture
def box(db: None) -> Box:
    return joined_box()


def held(box: Box) -> int:
    return Received.objects.get(node=box.node, epoch=box.epoch).upto


def incident(kind: str) -> Incident:
    return Incident.objects.get(kind=kind, settled_at=None)


def texts() -> list[str]:
    return [entry.body.get("text", "") for entry in Entry.objects.filter(foreign=True).order_by("position")]


def test_batches_are_applied_in_order_and_once(box: Box) -> None:
    first, second = box.entries(3), box.entries(2)
    assert box.send(first).said == {"upto": 3}
    assert box.send(second, previous=first[-1].travel_chain).said == {"upto": 5}
    assert box.send(first).said == {"upto": 5}
    assert box.send([*first, *second]).said == {"upto": 5}
    assert texts() == [f"entry {number}" for number in range(1, 6)]
    assert verify_journal() == []
    assert Traffic.objects.get().entries == 5


def test_a_batch_that_overlaps_what_is_held_adds_only_what_is_new(box: Box) -> None:
    entries = box.entries(5)
    box.send(entries[:3])
    assert box.send(entries[1:], previous=entries[0].travel_chain).said == {"upto": 5}
    assert texts() == [f"entry {number}" for number in range(1, 6)]


def test_a_gap_is_never_skipped(box: Box) -> None:
    entries = box.entries(4)
    box.send(entries[:1])
    reply = box.send(entries[2:], previous=entries[1].travel_chain)
    assert (reply.status, reply.code, reply.said["upto"]) == (409, "gap", 1)
    assert held(box) == 1
    assert not Incident.objects.exists()


def test_an_erased_body_arrives_as_erased_and_a_new_epoch_begins_at_one(box: Box) -> None:
    entries = box.entries(2)
    entries[0].body, entries[0].salt = {"erased": True}, b""
    assert box.send(entries).status == 200
    box.epoch, box.seq, box.hash = "epoch-2", 0, bytes(32)
    assert box.send(box.entries(1)).said == {"upto": 1}
    assert Entry.objects.get(seq=1, epoch="epoch-1").body == {"erased": True}
    assert verify_journal() == []


@pytest.mark.parametrize("which", [0, 1, 2])
def test_the_same_identity_with_another_hash_stops_the_node_and_keeps_what_was_first(box: Box, which: int) -> None:
    entries = box.entries(3)
    box.send(entries)
    twin = Box(box.commune, box.node, box.epoch, box.key)
    other = twin.entries(4, body={"text": "another"})
    pieces = (other[:3], other, other[3:])
    reply = twin.send(pieces[which], previous=other[2].travel_chain if which == 2 else None)
    assert (reply.status, reply.code) == (409, "clash")
    assert texts() == ["entry 1", "entry 2", "entry 3"]
    assert Node.objects.get(pk=box.node).state == "STOPPED"
    assert incident("FORK").node == box.node
    assert (box.send(box.entries(1), previous=entries[-1].travel_chain)).code == "stopped"


def test_two_copies_that_take_turns_are_stopped_and_one_move_is_not(box: Box) -> None:
    assert box.hello(installation="copy-2").status == 200
    assert box.hello(installation="copy-2").status == 200
    assert box.hello(installation="copy-1").code == "stopped"
    assert box.hello(installation="copy-2").code == "stopped"
    assert incident("FORK")


def test_another_communes_entries_wait_in_quarantine_and_the_rest_goes_on(box: Box) -> None:
    own, theirs = box.entries(1), box.entries(1, commune="03405")
    last = box.entries(1)
    assert box.send([*own, *theirs, *last]).said == {"upto": 3}
    assert texts() == ["entry 1", "entry 3"]
    assert (Quarantined.objects.get().reason, Quarantined.objects.get().seq) == ("OTHER_COMMUNE", 2)
    assert incident("OTHER_COMMUNE").node == box.node
    assert comparing.compare(box.node).same
    assert box.send([*own, *theirs, *last]).said == {"upto": 3}
    more = box.entries(1)
    assert box.send(more, previous=last[-1].travel_chain).said == {"upto": 4}


def test_what_was_set_aside_can_be_let_in_or_dismissed_once(box: Box) -> None:
    box.send([*box.entries(1, commune="03405"), *box.entries(1, commune="03405")])
    first, second = Quarantined.objects.order_by("seq")
    quarantine.let_in(system(), quarantined_id=first.pk)
    assert texts() == ["entry 1"]
    with pytest.raises(quarantine.AlreadySettled):
        quarantine.let_in(system(), quarantined_id=first.pk)
    quarantine.dismiss(system(), quarantined_id=second.pk, reason="an exercise")
    with pytest.raises(quarantine.AlreadySettled):
        quarantine.let_in(system(), quarantined_id=second.pk)
    assert texts() == ["entry 1"]
    assert comparing.compare(box.node).same
    assert verify_journal() == []


def test_an_id_that_is_taken_is_set_aside(box: Box) -> None:
    first = box.entries(1)
    box.send(first)
    second = box.entries(1, id=first[0].id)
    twice = box.entries(1)
    thrice = box.entries(1, id=twice[0].id)
    assert box.send([*second, *twice, *thrice], previous=first[-1].travel_chain).said == {"upto": 4}
    assert texts() == ["entry 1", "entry 3"]
    assert sorted(Quarantined.objects.values_list("seq", "reason")) == [(2, "SAME_ID"), (4, "SAME_ID")]
    assert incident("SAME_ID")


def test_entries_in_anothers_name_are_refused_whole(box: Box) -> None:
    entries = box.entries(2)
    reply = box.send(entries, node="somebody-else")
    assert (reply.status, reply.code) == (403, "foreign_node")
    assert incident("FORGED_NODE").node == box.node
    assert not Entry.objects.filter(foreign=True).exists()


def test_a_changed_entry_is_found_by_its_hash(box: Box) -> None:
    entries = box.entries(3)
    entries[1].body = {"text": "forged"}
    reply = box.send(entries)
    assert (reply.status, reply.code) == (422, "wrong_hash")
    assert incident("WRONG_HASH")
    assert not Entry.objects.filter(foreign=True).exists()


def test_a_kind_that_nobody_knows_is_kept_and_noted(box: Box) -> None:
    box.send(box.entries(1, kind="farm.drones.flown.v7", body={"altitude": {"metres": 12.5}}))
    assert Unheard.objects.get().kind == "farm.drones.flown.v7"
    assert Entry.objects.get(foreign=True).body == {"altitude": {"metres": 12.5}}


def test_a_key_that_was_ended_opens_nothing(box: Box) -> None:
    entries = box.entries(1)
    standing.revoke(system(), node=box.node, reason="stolen")
    assert (box.send(entries).status, box.send(entries).code) == (403, "revoked")
    assert incident("ENDED_NODE").times == 2
    assert not Entry.objects.filter(foreign=True).exists()
    stranger = Box("03390")
    assert (stranger.hello().status, stranger.hello().code) == (401, "unknown_key")


def test_a_signature_counts_for_its_own_request_and_time_only(box: Box) -> None:
    data = box.batch(box.entries(1))
    header = Box.ask.__kwdefaults__["header"]
    assert header == ""
    reply = box.ask("POST", "/link/v1/journal", data, at=1_000_000_000)
    assert (reply.status, reply.code) == (401, "wrong_time")
    assert reply.said["time"] > 1_700_000_000_000
    assert box.ask("POST", "/link/v1/journal", data, at=5_000_000_000).code == "wrong_time"
    twin = Box(box.commune, box.node, key=Box("x").key)
    assert twin.hello().code == "unknown_key"


def test_a_replayed_request_changes_nothing(box: Box) -> None:
    entries = box.entries(2)
    for _ in range(3):
        assert box.send(entries).said == {"upto": 2}
    assert Entry.objects.filter(foreign=True).count() == 2
    assert Traffic.objects.get().entries == 2


def test_what_another_signed_is_refused(box: Box) -> None:
    data = box.batch(box.entries(1))
    thief = Box(box.commune)
    stolen = thief.ask("POST", "/link/v1/journal", data, header="0" * 16 + ".1.x")
    assert stolen.code == "unknown_key"
    from_elsewhere = joined_box("03405")
    assert from_elsewhere.ask("POST", "/link/v1/journal", data).code == "foreign_node"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x00\x00\x05hello",
        b"\xff" * 200,
        bytes(4) + squeeze.pack(b"{}"),
        b"x" * (MOST_PACKED + 1),
        pytest.param(None, id="bomb"),
        pytest.param(b"deep", id="deep"),
    ],
)
def test_bytes_that_are_no_batch_are_refused_and_noted(box: Box, data: bytes | None) -> None:
    if data is None:
        data = framed(b'{"node":"' + b"x" * (squeeze.MOST_UNPACKED + 10) + b'"}')
    if data == b"deep":
        data = framed(b'{"rows":1,"times":' + b"[" * 200_000 + b"]" * 200_000 + b"}")
    reply = box.ask("POST", "/link/v1/journal", data)
    assert (reply.status, reply.code) == (400, "malformed")
    assert incident("MALFORMED").node == box.node
    assert not Received.objects.exists()


def framed(text: bytes, table: bytes = b"") -> bytes:
    packed = squeeze.pack(text)
    return len(packed).to_bytes(4, "big") + packed + table


@pytest.fixture(scope="module")
def good() -> bytes:
    box = Box("03390")
    return box.batch([*box.entries(3), *box.entries(2, kind="a.b.c.v1", body={"x": [1, {"y": None}], "id": box.node})])


def document(data: bytes) -> tuple[dict[str, object], bytes]:
    length = int.from_bytes(data[:4], "big")
    return json.loads(squeeze.unpack(data[4 : 4 + length])), data[4 + length :]


def test_each_part_of_a_document_is_looked_at(good: bytes) -> None:
    said, table = document(good)
    assert unpack_batch(good).first == 1
    wrong: list[object] = [
        None, 0, -1, 2**70, 1.5, True, "", "x" * 500, "\x00", [], {}, [1], {"a": 1}, ["=", 1], ["=", "x" * 400],
        ["v", [1]], ["v", [[[]]] * 5], ["o", ["a"], []], ["o", ["a", "a"], [["=", 1]] * 2], ["u", [9] * 5], ["u", [0]],
        ["d", ["a"], [1] * 5], ["d", ["a"], ["0"] * 5],
    ]  # fmt: skip
    for name in said:
        for value in wrong:
            changed = json.dumps({**said, name: value}).encode()
            try:
                unpack_batch(framed(changed, table))
            except Malformed:
                continue
            assert name in ("commune", "to", "kind", "on_behalf_of", "actor", "occurred", "recorded", "epoch", "erased",
                            "first", "node", "reach"), (name, value)  # fmt: skip
    for missing in said:
        with pytest.raises(Malformed):
            unpack_batch(framed(json.dumps({k: v for k, v in said.items() if k != missing}).encode(), table))
    with pytest.raises(Malformed):
        unpack_batch(framed(json.dumps(said).encode(), table[:-1]))


@examples(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_changed_byte_is_refused_or_gives_a_batch_and_nothing_else(good: bytes, place: int, value: int) -> None:
    said, table = document(good)
    text = bytearray(json.dumps(said).encode())
    text[place % len(text)] = value
    with suppress(Malformed):
        unpack_batch(framed(bytes(text), table))


def test_what_is_said_once_for_many_rows_is_weighed_for_each() -> None:
    box = Box("03390")
    said, table = document(box.batch(box.entries(500)))
    keys = [f"{number:0200d}" for number in range(400)]
    deep: list[object] = ["=", 1]
    for _ in range(20):
        deep = ["o", keys, [deep, *[["=", None]] * 399]]
    said["bodies"] = dict.fromkeys(said["bodies"], deep)  # type: ignore[attr-defined]
    with pytest.raises(Malformed, match=r"too large|more than"):
        unpack_batch(framed(json.dumps(said).encode(), table))


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_texts_that_no_database_can_hold_are_refused(box: Box, text: str) -> None:
    entries = box.entries(1)
    data = box.batch(entries)
    said, table = document(data)
    said["bodies"] = {entries[0].kind: ["o", ["text"], [["v", [text]]]]}
    reply = box.ask("POST", "/link/v1/journal", framed(json.dumps(said).encode(), table))
    assert reply.status in (400, 422)
    assert not Entry.objects.filter(foreign=True).exists()
