"""A folder of backups: nothing half-written, nothing twice, nothing unreadable without its passphrase."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from langso.kernel.backup.failures import BackupFailed
from langso.kernel.backup.folder import BackupFolder, alone_in, begin_folder, open_folder
from langso.kernel.backup.manifest import (
    Database,
    JournalHead,
    Manifest,
    choose,
    next_number,
    snapshot_names,
    snapshots,
    write_check,
    write_manifest,
)
from langso.kernel.backup.rotation import rotate
from langso.kernel.backup.sealing import LARGEST, Damaged

START = datetime(2026, 11, 30, 2, tzinfo=UTC)
SECRET = b"Household 1 borrowed 5,000,000 dong. " * 500


@pytest.fixture(params=["", "chín bậc thang"], ids=["plain", "encrypted"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> BackupFolder:
    return begin_folder(tmp_path / "stick", node="n1", phrase=request.param)


def snapshot_of(folder: BackupFolder, content: bytes, *, faults: list[str] | None) -> str:
    """A snapshot whose database is one chunk; `faults` None: its check never came to an end."""
    number = next_number(folder)
    chunk, _ = folder.put(content)
    database = Database(engine="sqlite", size=len(content), sha256="", chunks=[chunk])
    moment = START - timedelta(days=number)  # the clock runs backwards: nothing may depend on it
    manifest = Manifest(number=number, taken_at=moment.isoformat(), program="1", database=database, head=JournalHead())
    name = write_manifest(folder, manifest)
    if faults is not None:
        write_check(folder, name, faults)
    return name


def test_what_was_put_is_got_again_and_kept_once(folder: BackupFolder) -> None:
    picture = os.urandom(100_000)
    for content in (b"", SECRET, picture):
        name, written = folder.put(content)
        assert written > 0
        assert folder.get(name) == content
        assert folder.put(content) == (name, 0)


def test_a_damaged_chunk_is_noticed_and_can_be_written_again(folder: BackupFolder) -> None:
    name, _ = folder.put(SECRET)
    (place,) = [file for file in folder.chunks.rglob("*") if file.is_file()]
    whole = place.read_bytes()
    for byte in (0, len(whole) // 2, len(whole) - 1):
        flipped = bytearray(whole)
        flipped[byte] ^= 4
        place.write_bytes(bytes(flipped))
        with pytest.raises(Damaged):
            folder.get(name)
    place.write_bytes(whole[:-7])
    with pytest.raises(Damaged):
        folder.get(name)
    folder.put(SECRET, again=True)
    assert folder.get(name) == SECRET
    place.unlink()
    with pytest.raises(Damaged):
        folder.get(name)


def test_with_a_passphrase_nothing_can_be_read_or_recognised(tmp_path: Path) -> None:
    folder = begin_folder(tmp_path / "stick", node="n1", phrase="correct")
    name = snapshot_of(folder, SECRET, faults=[])
    known = begin_folder(tmp_path / "plain", node="n1", phrase="").put(SECRET)[0]
    for file in (tmp_path / "stick").rglob("*"):
        assert known not in file.name
        if file.is_file():
            assert b"Household" not in file.read_bytes()
    assert open_folder(tmp_path / "stick", phrase="correct").get(choose(folder, name).manifest.database.chunks[0])
    for wrong in ("", "incorrect"):
        with pytest.raises(BackupFailed, match=r"(?i)passphrase"):
            open_folder(tmp_path / "stick", phrase=wrong)
    with pytest.raises(BackupFailed, match="not encrypted"):
        open_folder(tmp_path / "plain", phrase="correct")


def test_a_chunk_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    folder = begin_folder(tmp_path / "stick", node="n1", phrase="")
    name, written = folder.put(bytes(LARGEST + 1))
    assert written < 1_000_000
    with pytest.raises(Damaged):
        folder.get(name)


def test_only_this_nodes_folder_and_only_one_at_a_time(tmp_path: Path) -> None:
    folder = begin_folder(tmp_path / "stick", node="n1", phrase="")
    assert "SENSITIVE" in (tmp_path / "stick" / "SENSITIVE.txt").read_text(encoding="utf-8")
    with pytest.raises(BackupFailed, match="another node"):
        begin_folder(tmp_path / "stick", node="n2", phrase="")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "tet.jpg").touch()
    with pytest.raises(BackupFailed, match="other things"):
        begin_folder(tmp_path / "photos", node="n1", phrase="")
    with pytest.raises(BackupFailed, match="stick in its place"):
        open_folder(tmp_path / "nothing", phrase="")
    with alone_in(folder), pytest.raises(BackupFailed, match="another backup"), alone_in(folder):
        pass


def test_the_newest_sound_ones_stay_and_their_chunks(folder: BackupFolder) -> None:
    names = [snapshot_of(folder, b"night %d" % night, faults=[]) for night in range(1, 6)]
    rotate(folder, 3)
    assert snapshot_names(folder) == names[2:]
    assert [folder.get(snapshot.manifest.database.chunks[0]) for snapshot in snapshots(folder)] == [
        b"night 3", b"night 4", b"night 5"
    ]  # fmt: skip
    assert len([file for file in folder.chunks.rglob("*") if file.is_file()]) == 3


def test_bad_nights_never_push_a_sound_snapshot_out(folder: BackupFolder) -> None:
    sound = snapshot_of(folder, b"sound", faults=[])
    bad = [snapshot_of(folder, b"bad %d" % night, faults=["a page is broken"]) for night in range(4)]
    unchecked = snapshot_of(folder, b"killed", faults=None)
    rotate(folder, 2)
    assert snapshot_names(folder) == [sound, bad[-1], unchecked]
    assert choose(folder, "").name == sound
    assert choose(folder, unchecked[:6]).name == unchecked
    with pytest.raises(BackupFailed, match="0 snapshots"):
        choose(folder, "9")


def test_while_a_snapshot_cannot_be_read_every_chunk_stays(folder: BackupFolder) -> None:
    first, second = (snapshot_of(folder, b"night %d" % night, faults=[]) for night in range(2))
    place = folder.snapshots / second
    whole = place.read_bytes()
    place.write_bytes(whole[:-1])
    assert choose(folder, "").name == first
    rotate(folder, 1)
    place.write_bytes(whole)
    assert folder.get(choose(folder, second).manifest.database.chunks[0]) == b"night 1"


def test_what_a_killed_backup_left_goes_with_the_next(folder: BackupFolder) -> None:
    name = snapshot_of(folder, b"whole", faults=[])
    folder.put(b"never named by a snapshot")
    (folder.chunks / "ab").mkdir(exist_ok=True)
    (folder.chunks / "ab" / ".new-77-abcd").write_bytes(b"half")
    rotate(folder, 14)
    assert len([file for file in folder.chunks.rglob("*") if file.is_file()]) == 1
    assert choose(folder, "").name == name
