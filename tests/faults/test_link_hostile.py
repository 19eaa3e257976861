"""A box that does what it may not, over real connections: refused in words, noted, and nobody else is harmed by it."""

import http.client
import time
from dataclasses import replace
from typing import Any

import pytest

from langso.kernel.link import signing
from langso.kernel.link.tests.boxes import Box
from langso.kernel.link.wire import squeeze
from langso.kernel.link.wire.batch import MOST_PACKED
from langso.kernel.link.wire.loose import unpack_document
from tests.faults.asking import Inside
from tests.faults.pair import Pair, said
from tests.faults.proof import prove
from tests.node import Node, health

pytestmark = pytest.mark.xdist_group("link")

OWN, ANOTHERS = "03412", "03390"
JOURNAL = "/link/v1/journal"


def send(hub: Node, box: Box, data: bytes, header: str = "") -> tuple[int, dict[str, Any]]:
    """A request as the box signs it, or with the signature of another one; the answer's status and document."""
    now = int(time.time() * 1000)
    header = header or signing.sign_request(box.key, method="POST", target=JOURNAL, body=data, time_ms=now)
    connection = http.client.HTTPConnection("127.0.0.1", hub.port, timeout=30)
    connection.request("POST", JOURNAL, body=data, headers={"Langso": header})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, unpack_document(body) if answer.getheader("Langso") else {}


@pytest.fixture
def hostile(pair: Pair) -> Box:
    """A box that the hub knows, with a key that counts."""
    box = Box(OWN)
    pair.at_hub.ask("enrol", boxes=[[box.node, OWN, box.public.hex()]])
    return box


def framed(text: bytes) -> bytes:
    packed = squeeze.pack(text)
    return len(packed).to_bytes(4, "big") + packed


def malformed(box: Box) -> dict[str, bytes]:
    good = box.batch(Box(OWN, node=box.node).entries(2))
    return {
        "nothing": b"",
        "noise": b"\xff" * 300,
        "cut off": good[: len(good) // 2],
        "oversized": b"x" * (MOST_PACKED + 1),
        "a bomb": framed(b'{"node":"' + b"x" * (squeeze.MOST_UNPACKED + 10) + b'"}'),
        "nested": framed(b'{"rows":1,"times":' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
    }


def test_whatever_a_hostile_box_sends_is_refused_or_set_aside(pair: Pair, hostile: Box) -> None:
    hub, name = pair.hub, pair.name_of_box()
    promised, before = pair.at_box.write(200), said(pair.at_hub)["incidents"]
    for what, data in malformed(hostile).items():
        assert send(hub, hostile, data) == (400, {"code": "malformed"}), what

    first = hostile.entries(2)
    forged = hostile.batch(first, node=name)
    assert send(hub, hostile, forged)[1]["code"] == "foreign_node"
    changed = [replace(first[0], body={"text": "another"}), first[1]]
    assert send(hub, hostile, hostile.batch(changed))[1]["code"] == "wrong_hash"
    good = hostile.batch(first)
    assert send(hub, Box(OWN), good)[1]["code"] == "unknown_key"
    assert held(pair.at_hub, hostile) == []

    header = signing.sign_request(
        hostile.key, method="POST", target=JOURNAL, body=good, time_ms=int(time.time() * 1000)
    )
    for _ in range(3):
        assert send(hub, hostile, good, header) == (200, {"upto": 2}), "a replay is answered alike and changes nothing"
    assert len(held(pair.at_hub, hostile)) == 2
    assert send(hub, hostile, good + b"?", header)[1]["code"] == "bad_signature"

    theirs = hostile.entries(1, commune=ANOTHERS)
    unknown = hostile.entries(1, kind="farm.drones.flown.v7", body={"metres": 12})
    both = hostile.batch([*theirs, *unknown], previous=first[-1].travel_chain)
    assert send(hub, hostile, both) == (200, {"upto": 4}), "what is not theirs is set aside, the rest goes on"
    assert [seq for _epoch, seq, _id, _hash in held(pair.at_hub, hostile)] == [1, 2, 4]

    pair.at_hub.langso("link", "revoke", hostile.node)
    after = hostile.batch(hostile.entries(1), previous=unknown[-1].travel_chain)
    assert send(hub, hostile, after) == (403, {"code": "revoked"})
    assert len(held(pair.at_hub, hostile)) == 3
    assert said(pair.at_hub)["incidents"] - before >= 5
    assert health(hub)["status"] == 200
    pair.until_level(30)
    prove(pair, promised)


def held(at_hub: Inside, box: Box) -> list[list[Any]]:
    found: list[list[Any]] = at_hub.ask("held", node=box.node)
    return found
