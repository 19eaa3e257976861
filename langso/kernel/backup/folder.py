"""A folder of backups: what lies where in it, and who may write there. Free of Django.

    DIR/langso-backup.json     whose backups these are, and how they are encrypted
    DIR/SENSITIVE.txt          what this folder is, for who finds it
    DIR/chunks/ab/abcd…        runs of database pages and kept files, each once, by content
    DIR/snapshots/000017-…     one small file a snapshot: its chunks in order (`langso.kernel.backup.manifest`)

Whatever is written appears whole under its name or not at all, and a snapshot only after all of its chunks.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from langso.kernel.backup.failures import BackupFailed, from_system
from langso.kernel.backup.sealing import Damaged, Seal, new_lock, seal_of

FORMAT: Final = 1
CARD: Final = "langso-backup.json"
_UNDER_WAY: Final = ".new-"
_WARNING: Final = """THƯ MỤC NHẠY CẢM - SENSITIVE FOLDER

Thư mục này chứa toàn bộ dữ liệu của một xã, có dữ liệu cá nhân và khóa của hệ thống. Cất như cất con dấu:
trong tủ khóa, không gửi qua mạng, không cho mượn. Nếu nhặt được, xin trả lại Ủy ban nhân dân xã.

This folder holds all records of a commune, personal data and the node's keys among them. Keep it like the seal of
the office: in a locked cupboard, never sent over a network, never lent. If you found it, please return it to the
commune's People's Committee.
"""


class BackupFolder:
    """An open folder of backups."""

    def __init__(self, place: Path, seal: Seal, card: dict[str, Any]) -> None:
        self.place, self.seal, self.card = place, seal, card
        self.chunks, self.snapshots = place / "chunks", place / "snapshots"

    def has(self, name: str) -> bool:
        return self._chunk(name).exists()

    def put(self, content: bytes, *, again: bool = False) -> tuple[str, int]:
        """Keep content; returns its name and the bytes that were written: none when it was here already.

        `again` writes over what is here: it was found damaged.
        """
        name = self.seal.name_of(content)
        place = self._chunk(name)
        if place.exists() and not again:
            return name, 0
        wrapped = self.seal.wrap(content)
        write_whole(place, wrapped, flush=False)
        return name, len(wrapped)

    def get(self, name: str) -> bytes:
        """The content of that name, compared with it. Raises `Damaged`."""
        try:
            content = self.seal.unwrap(read_from_disk(self._chunk(name)))
        except OSError as missing:
            raise Damaged(f"{name} cannot be read: {missing.strerror}") from missing
        except Damaged as broken:
            raise Damaged(f"{name} is damaged") from broken
        if self.seal.name_of(content) != name:
            raise Damaged(f"{name} is damaged")
        return content

    def drop_all_but(self, wanted: set[str]) -> int:
        """Delete chunks that no snapshot names, and what a killed backup left behind; returns how many chunks."""
        dropped = 0
        for place in self.chunks.glob("??/*"):
            if place.name.startswith(_UNDER_WAY) or place.name not in wanted:
                place.unlink(missing_ok=True)
                dropped += 1
        return dropped

    def _chunk(self, name: str) -> Path:
        return self.chunks / name[:2] / name


def write_whole(place: Path, content: bytes, *, flush: bool = True) -> None:
    """Write a file that is there whole or not at all; with `flush` it also survives a power cut from here on."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{_UNDER_WAY}{os.getpid()}-{place.name[:16]}")
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            if flush:
                stream.flush()
                os.fsync(stream.fileno())
        os.replace(beside, place)
        if flush:
            flush_folder(place.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def flush_folder(folder: Path) -> None:
    """A new name itself must survive a power cut too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        os.sync()  # some file systems of sticks and networks cannot flush a folder by itself
    finally:
        os.close(handle)


def read_from_disk(place: Path) -> bytes:
    """A file's bytes, asked of the disk again where the system lets us: what memory still holds proves nothing."""
    with place.open("rb") as stream:
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return stream.read()


def begin_folder(place: Path, *, node: str, phrase: str) -> BackupFolder:
    """Open a node's folder of backups, made if need be. Raises `BackupFailed`: another node's, or no place for one."""
    if (place / CARD).exists():
        folder = open_folder(place, phrase=phrase)
        if folder.card["node"] != node:
            raise BackupFailed("other", f"{place} holds the backups of another node; choose a folder of its own")
        return folder
    try:
        place.mkdir(parents=True, exist_ok=True)
        if any(entry.name != "lost+found" and not entry.name.startswith(".") for entry in place.iterdir()):
            raise BackupFailed("other", f"{place} holds other things; choose an empty folder for backups")
        for part in ("chunks", "snapshots"):
            (place / part).mkdir(exist_ok=True)
        write_whole(place / "SENSITIVE.txt", _WARNING.encode())
        card = {"format": FORMAT, "node": node, "lock": new_lock(phrase)}
        write_whole(place / CARD, json.dumps(card, indent=1).encode())
        place.chmod(0o700)
    except OSError as problem:
        raise from_system(problem, place) from problem
    return open_folder(place, phrase=phrase)


def open_folder(place: Path, *, phrase: str) -> BackupFolder:
    """Open a folder of backups that is there. Raises `BackupFailed`."""
    try:
        card = json.loads((place / CARD).read_bytes())
    except (OSError, ValueError) as missing:
        raise BackupFailed("folder", f"there are no backups in {place}; is the stick in its place?") from missing
    if card.get("format") != FORMAT:
        raise BackupFailed("format", f"{place} was written by a newer version of the program")
    return BackupFolder(place, seal_of(card.get("lock"), phrase), card)


@contextmanager
def alone_in(folder: BackupFolder) -> Iterator[Path]:
    """Be the only one that writes there; gives a folder for work that is emptied before and after.

    Raises `BackupFailed` when another backup is running.
    """
    with (folder.place / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise BackupFailed("busy", f"another backup is writing to {folder.place}; wait until it is done") from taken
        work = folder.place / ".work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
