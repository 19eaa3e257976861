"""A commune's log: what goes in, what is signed, what a proof proves, and that a restored node signs no fork."""

import itertools
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.scope import commune_scope, open_commune
from langso.kernel.journal.epochs import open_epoch
from langso.kernel.journal.erasure import erase_body
from langso.kernel.journal.events import Reach, event
from langso.kernel.journal.models import Entry
from langso.kernel.journal.services import emit, writing
from langso.kernel.transparency.models import Leaf, Log, SignedCheckpoint, TreeNode
from langso.kernel.transparency.notary import Notary
from langso.kernel.transparency.queries import last_checkpoint, log_of, proof_of, verifier_of
from langso.kernel.transparency.rules.merkle import check_consistency, consistency_path, leaf_hash, root_of
from langso.kernel.transparency.rules.notes import Verifier, public_bytes, read_checkpoint, verified_text
from langso.kernel.transparency.rules.proofs import NotProven, ProofFault, check_proof
from langso.kernel.transparency.services import reading, sign, take_in
from tests.cast import ELSEWHERE, HOME

pytestmark = pytest.mark.django_db
NOW = timedelta(0)
NUMBERS = itertools.count(1)


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """A key of this test's own."""
    settings.DATA = tmp_path


@event(reach=Reach.PUBLIC)
class NameGiven:
    name: str


@event(reach=Reach.PUBLIC)
class NameLost:
    name: str


@event()
class NameThoughtOf:
    name: str


def villages(count: int) -> None:
    """So many public facts about the open commune, and as many that are nobody else's business."""
    for _ in range(count):
        with writing():
            emit(system(open_commune()), NameThoughtOf(name="Bản Thầm"))
            emit(system(open_commune()), NameGiven(name=f"Bản Số {next(NUMBERS)}"))


def signed(commune: str = HOME) -> Log:
    while take_in(commune):
        pass
    sign(commune, not_within=NOW)
    return Log.objects.get(commune=commune, closed_at=None)


def test_what_became_public_stands_there_in_order_and_nothing_else() -> None:
    villages(3)
    with commune_scope(ELSEWHERE):
        villages(1)
    log = signed()
    public = Entry.objects.filter(commune=HOME, reach=Reach.PUBLIC).order_by("position")
    assert list(log.leaves.order_by("index").values_list("entry_id", flat=True)) == list(
        public.values_list("id", flat=True)
    )
    assert (log.size, take_in(HOME), sign(HOME, not_within=NOW)) == (3, 0, False)
    assert b"S\xe1\xbb\x91" not in b"".join(bytes(leaf.data) for leaf in Leaf.objects.all()), "no content in a leaf"
    assert read_checkpoint(verified_text(last_checkpoint(log).note, verifier_of(log))).root == root_of(3, reading(log))


def test_checkpoints_say_that_the_log_only_grew() -> None:
    for _ in range(5):
        villages(1)
        signed()
    log = Log.objects.get()
    roots = {row.size: bytes(row.root) for row in log.checkpoints.all()}
    assert sorted(roots) == [1, 2, 3, 4, 5]
    for old in roots:
        check_consistency(old, 5, roots[old], roots[5], consistency_path(old, 5, reading(log)))


def test_it_is_signed_when_it_is_time() -> None:
    villages(1)
    signed()
    villages(1)
    take_in(HOME)
    assert not sign(HOME, not_within=timedelta(minutes=10))
    with clock.set_to(clock.now() + timedelta(minutes=11)):
        assert sign(HOME, not_within=timedelta(minutes=10))
    villages(1)
    take_in(HOME)
    assert sign(HOME, not_within=timedelta(minutes=10)), "a clock that went back does not keep the log silent"


def test_the_notary_looks_after_every_commune(settings: Settings) -> None:
    settings.CHECKPOINT_SECONDS = 1
    villages(2)
    with commune_scope(ELSEWHERE):
        villages(1)
    end = Entry.objects.order_by("-position").values_list("position", flat=True)[0]
    notary = Notary()
    notary.tend(end)
    assert sorted(SignedCheckpoint.objects.values_list("log__commune", "size")) == [(HOME, 2), (ELSEWHERE, 1)]
    notary.tend(end)
    assert SignedCheckpoint.objects.count() == 2


def test_a_proof_is_checked_with_nothing_but_the_key() -> None:
    villages(7)
    log = signed()
    for leaf in log.leaves.all():
        assert leaf.entry_id
        proven = check_proof(proof_of(leaf.entry_id), verifier_of(log))
        assert proven.index == leaf.index
        assert proven.body["name"].startswith("Bản Số")
        assert len(proof_of(leaf.entry_id)) < 1500


def test_each_altered_part_has_its_own_fault() -> None:
    villages(5)
    log = signed()
    entry = log.leaves.get(index=2).entry_id
    assert entry
    good = json.loads(proof_of(entry))
    other = json.loads(proof_of(log.leaves.get(index=3).entry_id or entry))
    stranger = Verifier(log.origin, public_bytes(Ed25519PrivateKey.generate()))
    event = good["event"]
    altered: list[tuple[dict[str, object], ProofFault]] = [
        ({"event": {**event, "body": {**event["body"], "name": "Bản Khác"}}}, ProofFault.EVENT),
        ({"event": {**event, "salt": "00" * 16}}, ProofFault.EVENT),
        ({"leaf": other["leaf"]}, ProofFault.EVENT),
        ({"leaf": good["leaf"].replace("name_given", "name_lost")}, ProofFault.LEAF),
        ({"leaf": good["leaf"].replace('"recorded_at":"20', '"recorded_at":"19')}, ProofFault.TREE),
        ({"index": 3}, ProofFault.TREE),
        ({"path": ""}, ProofFault.TREE),
        ({"path": other["path"]}, ProofFault.TREE),
        ({"path": good["path"][4:]}, ProofFault.TREE),
        ({"path": "no base64"}, ProofFault.TREE),
        ({"checkpoint": good["checkpoint"].replace("\n5\n", "\n6\n")}, ProofFault.CHECKPOINT),
        ({"checkpoint": ""}, ProofFault.CHECKPOINT),
        ({"format": "another"}, ProofFault.NO_PROOF),
        ({"index": "2"}, ProofFault.NO_PROOF),
    ]
    for change, fault in altered:
        with pytest.raises(NotProven) as found:
            check_proof(json.dumps({**good, **change}).encode(), verifier_of(log))
        assert found.value.fault == fault, change
    with pytest.raises(NotProven) as found:
        check_proof(json.dumps(good).encode(), stranger)
    assert found.value.fault == ProofFault.CHECKPOINT
    for content in (b"", b"[]", b"\xff", b"{}", b"[" * 5000, json.dumps({**good, "leaf": "7"}).encode()):
        with pytest.raises(NotProven) as found:
            check_proof(content, verifier_of(log))
        assert found.value.fault == ProofFault.NO_PROOF


def test_erased_content_leaves_the_log_whole_and_its_proof_is_gone(client: Client) -> None:
    villages(3)
    log = signed()
    entry = log.leaves.get(index=1).entry_id
    assert entry
    erase_body(system(HOME), entry_id=entry, reason="Theo yêu cầu")
    assert client.get(f"/log/proofs/{entry}/").status_code == 404
    assert root_of(3, reading(log)) == bytes(last_checkpoint(log).root)
    other = log.leaves.get(index=0).entry_id
    assert other
    assert check_proof(proof_of(other), verifier_of(log)).index == 0


@pytest.mark.parametrize("how", ["restored", "another key"])
def test_a_node_that_may_have_signed_otherwise_goes_on_in_a_new_log(how: str, tmp_path: Path) -> None:
    villages(3)
    old = signed()
    if how == "restored":
        with writing():
            open_epoch(system(), reason="Phục hồi")
    else:
        (tmp_path / "log.key").unlink()
    villages(1)
    assert not sign(HOME, not_within=NOW)
    new = signed()
    old.refresh_from_db()
    assert old.closed_at
    assert (new.number, new.size) == (2, 2)
    first = json.loads(bytes(new.leaves.get(index=0).data))
    assert first == {
        "v": 1, "continues": old.origin, "size": 3, "root": bytes(last_checkpoint(old).root).hex(),
    }  # fmt: skip
    assert sorted(SignedCheckpoint.objects.values_list("log__number", "size")) == [(1, 3), (2, 2)]
    assert check_proof(proof_of(old.leaves.get(index=0).entry_id), verifier_of(old)).index == 0  # type: ignore[arg-type]


def test_no_place_in_a_log_is_taken_twice() -> None:
    villages(3)
    log = signed()
    data = bytes(Leaf.objects.get(index=2).data)
    with pytest.raises(IntegrityError), transaction.atomic():
        Leaf.objects.create(log=log, index=2, data=data)
    with pytest.raises(IntegrityError), transaction.atomic():
        TreeNode.objects.create(log=log, level=0, place=2, hash=leaf_hash(data))
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedCheckpoint.objects.create(log=log, size=3, root=leaf_hash(data), note="", signed_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Log.objects.create(commune=HOME, number=2, origin="x", epoch="x", public_key=bytes(32))


def test_others_rebuild_the_log_from_its_files(client: Client) -> None:
    villages(258)
    log = signed()
    base = f"/log/{HOME}/1"
    leaves = client.get(f"{base}/tile/entries/000").content
    hashes = client.get(f"{base}/tile/0/000").content
    assert len(hashes) == 256 * 32
    read, place = [], 0
    while place < len(leaves):
        length = int.from_bytes(leaves[place : place + 2], "big")
        read.append(leaves[place + 2 : place + 2 + length])
        place += 2 + length
    assert b"".join(map(leaf_hash, read)) == hashes
    assert len(client.get(f"{base}/tile/0/001.p/2").content) == 64
    assert len(client.get(f"{base}/tile/1/000.p/1").content) == 32
    assert client.get(f"{base}/tile/0/001.p/3").status_code == 404
    assert client.get(f"{base}/tile/0/000")["Cache-Control"].endswith("immutable")
    assert client.get(f"{base}/checkpoint").content.decode() == last_checkpoint(log_of(HOME, 1)).note
    assert client.get(f"{base}/key").content.decode().strip() == verifier_of(log).text


def test_the_command_says_what_a_file_proves(tmp_path: Path) -> None:
    villages(2)
    log = signed()
    entry = log.leaves.get(index=1).entry_id
    assert entry
    file, said = tmp_path / "a.proof.json", StringIO()
    file.write_bytes(proof_of(entry))
    call_command("verify", str(file), key=verifier_of(log).text, stdout=said)
    assert "line 1 of 2" in said.getvalue()
    file.write_bytes(file.read_bytes().replace("Bản Số".encode(), "Bản Sẽ".encode()))
    with pytest.raises(CommandError, match=r"was altered|đã bị sửa"):
        call_command("verify", str(file), key=verifier_of(log).text)
    with pytest.raises(CommandError, match="--key"):
        call_command("verify", str(file))
