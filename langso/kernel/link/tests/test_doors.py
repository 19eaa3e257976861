"""What a hub answers to its boxes, besides taking their batches; and what a box believes of it."""

import hashlib
import json
import time
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pytest_django.fixtures import Settings

from langso.kernel.access.actors import system
from langso.kernel.access.scope import commune_scope
from langso.kernel.files import copying
from langso.kernel.files.models import WantedFile
from langso.kernel.journal.events import Reach, event
from langso.kernel.journal.models import Entry
from langso.kernel.journal.services import emit, identity, writing
from langso.kernel.link import invitations, signing, standing
from langso.kernel.link.down import Cursor, answer_for, read_again, take_down
from langso.kernel.link.homes import ask_gate, homes_now
from langso.kernel.link.models import CommuneHome, Incident, Node, NodeKey, NodeState, Report, Uplink
from langso.kernel.link.tests.boxes import Box, joined_box
from langso.kernel.link.wire.batch import unpack_batch
from langso.kernel.link.wire.errors import Malformed
from langso.kernel.link.wire.loose import to_json

pytestmark = pytest.mark.django_db


@event(reach=Reach.COMMUNES)
class SaidToAll:
    text: str


@event(reach=Reach.PUBLIC)
class SaidOfOne:
    text: str


@pytest.fixture(autouse=True)
def hub(settings: Settings) -> None:
    settings.ROLE = "hub"


@pytest.fixture
def box(db: None) -> Box:
    return joined_box()


def say(fact: object, *, commune: str = "", to: str = "") -> None:
    with commune_scope("03405"), writing():
        emit(system(commune), fact, to=to)


def test_a_code_lets_one_box_in_once_and_the_same_box_again_after_a_lost_answer() -> None:
    code = invitations.invite(system(), commune="03390")
    box = Box("03390")
    assert box.join(code).status == 200
    assert box.join(code).status == 200
    assert Box("03390").join(code).status == 403
    assert Box("03405").join(invitations.invite(system(), commune="03405"), commune="03390").status == 409
    assert Box("03405").join(invitations.public_code(invitations.DIGITS)).status == 403
    with pytest.raises(invitations.HomeTaken):
        invitations.invite(system(), commune="03390")


@pytest.mark.parametrize(
    "said", [{"public": "zz"}, {"public": "00"}, {"node": ""}, {"node": "x" * 70}, {"node": None}, {"commune": 7}]
)
def test_a_box_that_says_nonsense_does_not_join(said: dict[str, object]) -> None:
    code = invitations.invite(system(), commune="03390")
    assert Box("03390").join(code, **said).status in (400, 409)
    assert not Node.objects.exists()
    assert Box("03390").join(code).status == 200


def test_a_commune_with_records_here_is_moved_and_not_invited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "OF_THE_JOURNAL", ("kernel.accounts.",))  # the record below is of the kernel too
    say(SaidOfOne(text="a record"), commune="03405")
    with pytest.raises(invitations.RecordsHere):
        invitations.invite(system(), commune="03405")
    box = Box("03405")
    box.join(invitations.invite(system(), commune="03405", keeps_home=True))
    assert homes_now()("03405")
    assert not CommuneHome.objects.filter(commune="03405").exists()


def test_the_greeting_says_what_is_held_and_what_time_it_is(box: Box) -> None:
    entries = box.entries(2)
    box.send(entries)
    said = box.hello(version="9.9", installation="copy-1").said
    assert said["epochs"] == {box.epoch: {"upto": 2, "hash": entries[-1].travel_chain.hex()}}
    assert said["time"] > 1_700_000_000_000
    assert Node.objects.get().version == "9.9"


def test_a_box_gets_back_what_it_sent_and_proof_of_it(box: Box) -> None:
    entries = box.entries(3, body={"n": 1})
    box.send(entries)
    answer = box.client.get(
        "/link/v1/journal?epoch=epoch-1&after=1",
        headers={
            "Langso": signing.sign_request(
                box.key, method="GET", target="/link/v1/journal?epoch=epoch-1&after=1", body=b"", time_ms=now_ms()
            )
        },
    )
    assert answer.status_code == 206
    back = unpack_batch(answer.content)
    assert [entry.seq for entry in back.entries] == [2, 3]
    assert back.previous == entries[0].travel_chain
    proof = box.ask("GET", "/link/v1/proof?epoch=epoch-1&after=0&limit=2")
    assert proof.said == {"upto": 2, "hash": entries[1].travel_chain.hex()}
    assert box.ask("GET", "/link/v1/proof?epoch=none&after=0&limit=2").said == {"upto": 0, "hash": ""}
    assert box.ask("GET", "/link/v1/proof?epoch=epoch-1&after=x&limit=2").code == "malformed"


def now_ms() -> int:
    return int(time.time() * 1000)


def test_what_goes_down_is_read_with_a_cursor(box: Box) -> None:
    assert box.ask("GET", "/link/v1/down?after=:0").status == 204
    say(SaidToAll(text="for all"))
    say(SaidOfOne(text="public in one commune"), commune="03405")
    say(SaidOfOne(text="a wish for another"), commune="03405", to="03405")
    say(SaidOfOne(text="a wish"), commune="03405", to="03390")
    said = box.ask("GET", "/link/v1/down?after=:0").said
    assert [row[1]["body"]["text"] for row in said["entries"]] == ["for all", "a wish"]
    cursor = f"{said['epoch']}:{said['upto']}"
    assert Node.objects.get().down == 0
    assert box.ask("GET", f"/link/v1/down?after={cursor}").status == 204
    assert Node.objects.get().down == said["upto"]
    for wrong in ("x", "a:b", ":" + "9" * 30, "e" * 50 + ":1"):
        assert box.ask("GET", f"/link/v1/down?after={wrong}").code == "malformed"


def test_after_the_hub_was_restored_a_box_reads_again_from_where_the_backup_ended(box: Box) -> None:
    say(SaidToAll(text="kept"))
    cursor = Cursor("the epoch before", 900)
    assert answer_for(box.node, cursor) is not None


def test_a_key_is_changed_with_proof_of_the_new_one(box: Box) -> None:
    new, before = Ed25519PrivateKey.generate(), signing.key_id(box.public)
    public = signing.public_of(new)
    good = new.sign(f"langso-link-1 rotate {before}".encode())
    for proof in (b"", box.key.sign(b"x"), new.sign(b"langso-link-1 rotate 0000000000000000")):
        body = json.dumps({"public": public.hex(), "proof": proof.hex()}).encode()
        assert box.ask("POST", "/link/v1/key", body).code == "malformed"
    body = json.dumps({"public": public.hex(), "proof": good.hex()}).encode()
    assert box.ask("POST", "/link/v1/key", body).status == 200
    assert box.hello().code == "revoked"
    box.key = new
    assert box.hello().status == 200
    assert NodeKey.objects.filter(revoked_at=None).count() == 1


def test_a_report_is_kept_in_short_values(box: Box) -> None:
    many = {str(number): number for number in range(90)}
    said = {"version": "1.0", "disk_free_percent": 35, "text": "x" * 900, "odd": [1, 2], **many}
    assert box.ask("POST", "/link/v1/report", json.dumps(said).encode()).status == 204
    state = Report.objects.get().state
    assert (state["disk_free_percent"], len(state["text"]), len(state)) == (35, 200, 40)
    assert box.ask("POST", "/link/v1/report", b"[1]").code == "malformed"


def test_only_a_file_that_was_asked_for_is_taken(box: Box) -> None:
    content = b"a public paper"
    sha256 = hashlib.sha256(content).hexdigest()
    path = f"/link/v1/files/{sha256}"
    assert box.ask("PUT", f"{path}?from=0&size={len(content)}", content).code == "malformed"
    with commune_scope("03390"):
        WantedFile.objects.create(sha256=sha256, is_picture=False, wanted_at=Node.objects.get().joined_at)
    asked = box.ask("GET", "/link/v1/down?after=:0").said
    assert asked["files"] == [[sha256, 0]]
    assert box.ask("PUT", f"{path}?from=0&size={len(content)}", content[:5]).said == {"have": 5}
    assert box.ask("PUT", f"{path}?from=5&size={len(content)}", content[5:]).said == {"have": len(content)}
    assert copying.give(sha256, 0, 100) == (content, len(content))
    assert box.ask("GET", "/link/v1/files/" + "0" * 64 + "?from=0&length=10").status == 204
    assert box.client.get("/link/v1/files/../../secret.key").status_code == 404
    assert box.ask("GET", "/link/v1/files/abc?from=0&length=10").code == "malformed"


def test_a_retired_box_leaves_its_commune_to_the_hub_and_may_not_write_of_it_later(box: Box) -> None:
    box.send(box.entries(2))
    assert not homes_now()("03390")
    standing.retire(system(), node=box.node)
    assert homes_now()("03390")
    assert ask_gate("03390") is None
    assert box.hello().code == "retired"
    closed = CommuneHome.objects.get(node=box.node)
    assert (closed.to_epoch, closed.to_seq) == (box.epoch, 2)


class TestAtABox:
    """What the box believes of what its hub says."""

    @pytest.fixture(autouse=True)
    def joined(self, settings: Settings) -> Box:
        settings.ROLE = "commune"
        hub = Box("", node="the-hub", epoch="hub-epoch")
        Uplink.objects.create(
            url="https://hub",
            hub=hub.node,
            hub_key=hub.public,
            joined_at="2026-11-01T00:00:00Z",
            state=NodeState.ACTIVE,
        )
        CommuneHome.objects.create(commune="03390", node=identity().node, from_at="2026-11-01T00:00:00Z")
        return hub

    def document(self, *entries: object) -> dict[str, object]:
        rows = [[place, to_json(entry)] for place, entry in enumerate(entries, start=1)]  # type: ignore[arg-type]
        return {"epoch": "hub-epoch", "upto": len(rows), "entries": rows}

    def test_it_takes_what_is_for_it_once(self, joined: Box) -> None:
        (all_,) = joined.entries(1, reach=2)
        (wish,) = joined.entries(1, to="03390")
        assert take_down(self.document(all_, wish), asked=":0") == 2
        assert take_down(self.document(all_, wish), asked="hub-epoch:2") == 0
        assert Uplink.objects.get().down == 2
        assert Entry.objects.filter(foreign=True).count() == 2

    def test_an_answer_to_a_question_from_before_it_became_a_home_is_let_go(self, joined: Box) -> None:
        (all_,) = joined.entries(1, reach=2)
        assert take_down(self.document(all_), asked=":0") == 1
        read_again()
        late = self.document(*joined.entries(1, reach=2)) | {"upto": 9}
        assert take_down(late, asked="hub-epoch:1") == 0
        assert Uplink.objects.get().cursor == "hub-epoch:0", "what lies behind is still asked for"
        assert take_down(late, asked="hub-epoch:0") == 1

    @pytest.mark.parametrize("change", [{"to": "03405"}, {"node": "third"}, {"node": "self"}])
    def test_it_refuses_what_is_not_for_it_and_says_so(self, joined: Box, change: dict[str, str]) -> None:
        (entry,) = joined.entries(1, reach=2)
        change = {name: identity().node if value == "self" else value for name, value in change.items()}
        with pytest.raises(Malformed):
            take_down(self.document(replace(entry, **change)), asked=":0")
        assert Incident.objects.get().kind == "HUB"
        assert (Uplink.objects.get().down, Entry.objects.filter(foreign=True).count()) == (0, 0)

    @pytest.mark.parametrize(
        "change",
        [
            {"body": {"text": "forged"}}, {"salt": "00"}, {"commitment": "zz"}, {"id": "no"}, {"seq": -1}, {"reach": 9},
            {"recorded_at": "yesterday"}, {"body": []}, {"kind": "x" * 200}, {"salt": "", "body": {"text": "hidden"}},
        ],
    )  # fmt: skip
    def test_a_changed_entry_is_refused(self, joined: Box, change: dict[str, object]) -> None:
        document = self.document(*joined.entries(1, reach=2))
        document["entries"][0][1].update(change)  # type: ignore[index]
        with pytest.raises(Malformed):
            take_down(document, asked=":0")

    @pytest.mark.parametrize("change", [{"upto": -1}, {"upto": "9"}, {"epoch": 5}, {"entries": {}}, {"entries": [1]}])
    def test_a_document_of_another_form_is_refused(self, joined: Box, change: dict[str, object]) -> None:
        with pytest.raises(Malformed):
            take_down(self.document() | change, asked=":0")

    def test_a_stopped_box_writes_nothing_and_a_revoked_one_works_on(self) -> None:
        assert ask_gate("03390") is None
        assert ask_gate("03405") is not None
        Uplink.objects.update(state=NodeState.REVOKED)
        assert ask_gate("03390") is None
        Uplink.objects.update(state=NodeState.STOPPED)
        assert ask_gate("03390") is not None
        assert ask_gate("") is not None
