"""Taking a snapshot of this node, while web and worker write."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.conf import settings

import langso
from langso.kernel import clock
from langso.kernel.backup import databases
from langso.kernel.backup.checking import damaged, database_faults
from langso.kernel.backup.failures import BackupFailed, from_system
from langso.kernel.backup.folder import BackupFolder, alone_in, begin_folder, open_folder
from langso.kernel.backup.manifest import Manifest, next_number, snapshots, write_check, write_manifest
from langso.kernel.backup.rotation import rotate
from langso.kernel.files import contents
from langso.kernel.journal.models import Head

SETTINGS_FILES: Final = ("secret.key", "node.key", "role", "demo")
"""Small files of the data folder that make this node this node. Not there: what is not used."""
MOST_FAULTS: Final = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """A finished snapshot: `size` of the database and `added` to the folder, in bytes; what its check found."""

    name: str
    position: int
    files: int
    size: int
    added: int
    faults: list[str]


def take_backup(place: Path, *, keep: int, thorough: bool, phrase: str, must_be_there: bool = False) -> Taken:
    """Take a snapshot into a folder, check it, let outlived ones go. Raises `BackupFailed`.

    A snapshot in whose source something is wrong is kept and says so: it may be the last there is. `must_be_there`
    refuses a folder in which no backup was taken yet: a stick that is not in its place.
    """
    place = place.absolute()
    if place.is_relative_to(Path(settings.DATA).absolute()):
        raise BackupFailed("folder", "a backup inside the data folder is lost with it; choose another disk")
    node = Head.objects.values_list("node", flat=True).first()
    if node is None:
        raise BackupFailed("empty", "nothing has happened on this node yet; there is nothing to back up")
    folder = open_folder(place, phrase=phrase) if must_be_there else begin_folder(place, node=node, phrase=phrase)
    if folder.card["node"] != node:
        raise BackupFailed("other", f"{place} holds the backups of another node; choose a folder of its own")
    try:
        with alone_in(folder) as work:
            taken = _Taking(folder, work).run(thorough=thorough)
            rotate(folder, keep)
            return taken
    except OSError as problem:
        raise from_system(problem, place) from problem


@dataclass
class _Taking:
    folder: BackupFolder
    work: Path
    added: int = 0
    faults: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def run(self, *, thorough: bool) -> Taken:
        taken_at = clock.now()
        copy = self._copy()
        database, self.added = databases.store(copy, self.folder)
        manifest = Manifest(
            number=next_number(self.folder),
            taken_at=taken_at.isoformat(),
            program=langso.__version__,
            database=database,
            head=copy.head,
            files=self._files(copy.files),
            settings={name: (self._put(content), mode) for name, mode, content in settings_files()},
            missing=self.missing,
        )
        os.sync()  # the chunks are on the disk before the snapshot that names them
        name = write_manifest(self.folder, manifest)
        self.faults += self._mend(manifest, copy)
        self.faults += database_faults(self.folder, manifest, copy, self.work, thorough=thorough)
        self.faults = self.faults[:MOST_FAULTS]
        write_check(self.folder, name, self.faults)
        return Taken(name, copy.head.position, len(manifest.files), database.size, self.added, self.faults)

    def _copy(self) -> databases.Copy:
        if settings.DATABASE_URL:
            return databases.dump_postgresql(settings.DATABASE_URL, self.work)
        try:
            return databases.copy_sqlite(Path(settings.DATA) / databases.SQLITE_FILE, self.work)
        except sqlite3.DatabaseError as problem:
            if "full" in str(problem):
                sentence = f"there is no space left in {self.folder.place} for a copy of the database"
                raise BackupFailed("full", sentence) from problem
            sentence = f"the database cannot be copied ({problem}); if it is damaged, restore the last snapshot"
            raise BackupFailed("database", sentence) from problem

    def _files(self, named: list[str]) -> dict[str, str]:
        """Copy each kept file once; returns SHA-256 -> chunk."""
        before = [snapshot.manifest.files for snapshot in snapshots(self.folder)]
        known = {sha256: chunk for files in before for sha256, chunk in files.items()}
        held = {}
        for sha256 in named:
            if sha256 in known and self.folder.has(known[sha256]):
                held[sha256] = known[sha256]
                continue
            try:
                content = contents.read(sha256)
            except OSError:
                self.missing.append(sha256)
                self.faults.append(f"file {sha256}: the content is missing or cannot be read")
                continue
            if hashlib.sha256(content).hexdigest() != sha256:
                self.faults.append(f"file {sha256}: the content was changed")
            held[sha256] = self._put(content)
        return held

    def _put(self, content: bytes) -> str:
        name, written = self.folder.put(content)
        self.added += written
        return name

    def _mend(self, manifest: Manifest, copy: databases.Copy) -> list[str]:
        """Read every chunk again; write those anew that were damaged in the folder. What stays wrong is told."""
        bad = damaged(self.folder, manifest.chunks())
        if not bad:
            return []
        for content in self._sources(manifest, copy, set(bad)):
            if self.folder.seal.name_of(content) in bad:
                self.folder.put(content, again=True)
        os.sync()
        return list(damaged(self.folder, set(bad)).values())

    def _sources(self, manifest: Manifest, copy: databases.Copy, bad: set[str]) -> Iterator[bytes]:
        yield from databases.runs(copy.place)
        yield from (content for _name, _mode, content in settings_files())
        for sha256, chunk in manifest.files.items():
            if chunk in bad:
                yield contents.read(sha256)


def settings_files() -> Iterator[tuple[str, int, bytes]]:
    """(name, mode, content) of each small file that makes this node this node."""
    for name in SETTINGS_FILES:
        place = Path(settings.DATA) / name
        if place.is_file():
            yield name, place.stat().st_mode & 0o777, place.read_bytes()
