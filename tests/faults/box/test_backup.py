"""Backups while people write, killed at any moment, on a stick that rots or is full."""

import random
import time
from pathlib import Path

import pytest

from tests.faults.box.boxes import Box, kill, somebody_writes
from tests.faults.box.disks import small_disk
from tests.node import running_node

pytestmark = pytest.mark.xdist_group("faults")
EPOCH = "SELECT epoch FROM journal_head"


def restored(stick: Path, box: Box, folder: Path, *arguments: str) -> Box:
    """A new box from a backup."""
    box.langso("restore", "--from", str(stick), "--data", str(folder), *arguments)
    return Box(folder)


def snapshots(stick: Path) -> list[str]:
    return sorted(file.name for file in (stick / "snapshots").iterdir() if file.suffix != ".verified")


def chunks(stick: Path) -> list[Path]:
    return [file for file in (stick / "chunks").rglob("*") if file.is_file()]


def backed_up(box: Box, stick: Path, verify: str) -> int:
    """Make a snapshot; returns by how many bytes the stick's content grew."""
    said = box.langso("backup", "--to", str(stick), "--verify", verify)
    assert "read again and whole" in said
    return int(said.split("grew by ")[1].split(" ")[0].replace(",", ""))


def test_snapshots_of_a_box_that_is_written_to_are_moments_of_it(box: Box, tmp_path: Path) -> None:
    stick, between, grown = tmp_path / "stick", [], []
    with somebody_writes(box, "--files") as writer:
        for verify in ("full", "quick"):
            before = writer.wait_for(writer.said + 20)
            grown.append(backed_up(box, stick, verify))
            between.append((before, writer.wait_for(writer.said + 1)))
        last = writer.stop()
    grown += [backed_up(box, stick, "quick"), backed_up(box, stick, "quick")]
    assert grown[3] < grown[0] / 4, f"only what changed is written, at last the note of a snapshot: {grown}"
    listed = box.langso("backup", "list", "--from", str(stick))
    assert [line.split()[0] for line in listed.splitlines()] == snapshots(stick)
    new = restored(stick, box, tmp_path / "restored", "--snapshot", "000001")
    assert "whole" in new.langso("verify")
    held = new.numbers()
    assert held == list(range(1, len(held) + 1))
    assert between[0][0] <= len(held) <= between[0][1] < last
    key = new.data / "secret.key"
    assert key.read_bytes() == (box.data / "secret.key").read_bytes()
    assert key.stat().st_mode & 0o777 == 0o600
    assert box.rows(EPOCH) != new.rows(EPOCH), "a restored box writes in an epoch of its own"


def test_killed_at_any_moment_it_leaves_the_earlier_snapshots_whole(box: Box, tmp_path: Path) -> None:
    stick, chance, died = tmp_path / "stick", random.Random(3), 0
    box.langso("backup", "--to", str(stick), "--verify", "quick")
    first = chunks(stick)
    with somebody_writes(box, "--files") as writer:
        for _ in range(4):
            writer.wait_for(writer.said + 5)
            process = box.start("backup", "--to", str(stick), "--verify", "quick")
            time.sleep(chance.uniform(0.8, 2.0))
            died += process.poll() is None
            kill(process)
        writer.stop()
    assert died >= 2, "hardly any backup was killed: the test proves nothing"
    assert all(file.exists() for file in first)
    assert "read again and whole" in box.langso("backup", "--to", str(stick))
    assert not (stick / ".work").exists()
    assert not list(stick.rglob(".new-*"))
    assert restored(stick, box, tmp_path / "last").numbers() == box.numbers()


def test_a_restore_killed_at_any_moment_leaves_the_old_folder_or_the_new_one(box: Box, tmp_path: Path) -> None:
    stick, chance, died = tmp_path / "stick", random.Random(5), 0
    box.langso("backup", "--to", str(stick), "--verify", "quick")
    with somebody_writes(box) as writer:
        written = list(range(1, writer.wait_for(20) + 1))
        writer.stop()
    written = box.numbers()
    command = ("restore", "--from", str(stick), "--data", str(box.data), "--replace")
    assert "not empty" in box.langso(*command[:-1], code=1)
    for _ in range(5):
        process = box.start(*command)
        time.sleep(chance.uniform(0.4, 2.2))
        died += process.poll() is None
        kill(process)
        assert box.numbers() in ([], written), "neither the old box nor the restored one"
        if box.numbers() == []:
            break
    assert died >= 2, "hardly any restore was killed: the test proves nothing"
    if box.numbers():
        box.langso(*command)
    assert box.numbers() == []
    beside = [Box(folder) for folder in tmp_path.iterdir() if folder.name.startswith("data.")]
    assert written in [each.numbers() for each in beside], "the folder that was replaced is still there"


def test_nobody_restores_over_a_running_node(box: Box, tmp_path: Path) -> None:
    box.langso("backup", "--to", str(tmp_path / "stick"), "--verify", "quick")
    process = box.start("up", "--port", "0")
    try:
        while not (box.data / "node.lock").exists():
            time.sleep(0.05)
        time.sleep(0.3)
        said = box.langso("restore", "--from", str(tmp_path / "stick"), "--data", str(box.data), "--replace", code=1)
        assert "stop it first" in said
    finally:
        kill(process)


def test_a_chunk_that_rots_on_the_stick_is_found_and_written_again(box: Box, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    box.langso("backup", "--to", str(stick), "--verify", "quick")
    rotten = max(chunks(stick), key=lambda file: file.stat().st_size)
    whole = rotten.read_bytes()
    rotten.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    assert "damaged" in box.langso("backup", "check", "--from", str(stick), code=1)
    assert "no checked snapshot" in box.langso("restore", "--from", str(stick), "--data", str(tmp_path / "new"), code=1)
    box.langso("backup", "--to", str(stick), "--verify", "quick")
    assert rotten.read_bytes() == whole


def test_a_full_stick_is_said_so_and_keeps_what_it_had(box: Box, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", megabytes=12) as place:
        stick = place / "backups"
        box.langso("backup", "--to", str(stick), "--verify", "quick")
        held = {file: file.read_bytes() for file in chunks(stick)}
        (place / "photos").write_bytes(bytes(11_000_000 - sum(map(len, held.values()))))
        assert "no space left" in box.langso("backup", "--to", str(stick), code=1)
        assert {file: file.read_bytes() for file in chunks(stick)} == held
        assert len(snapshots(stick)) == 1
    assert box.rows("SELECT code FROM backup_backup ORDER BY id DESC LIMIT 1") == [("full",)]


def test_the_worker_takes_the_backup_of_a_night_that_was_missed(
    box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    box.langso("backup", "--to", str(stick), "--verify", "quick")
    box.rows("UPDATE backup_backup SET taken_at = '2026-01-01 02:00:00'")
    monkeypatch.setenv("LANGSO_BACKUP_TO", str(stick))
    with running_node(box.data):
        end = time.monotonic() + 90
        while box.rows("SELECT count(*) FROM backup_backup WHERE code = ''") != [(2,)]:
            assert time.monotonic() < end, (box.data / "node.log").read_text()[-2000:]
            time.sleep(0.5)
    assert len(snapshots(stick)) == 2
    assert box.rows("SELECT sum(faults) FROM backup_backup") == [(0,)]
