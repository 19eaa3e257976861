"""A snapshot: what the node was at one moment, as a list of chunks. Free of Django."""

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from langso.kernel.backup.failures import BackupFailed
from langso.kernel.backup.folder import BackupFolder, read_from_disk, write_whole
from langso.kernel.backup.sealing import Damaged

_VERIFIED: Final = ".verified"


@dataclass(frozen=True, kw_only=True)
class Database:
    """The database as it was: `size` in bytes, `sha256` of the whole, its chunks in order."""

    engine: str
    size: int
    sha256: str
    chunks: list[str]


@dataclass(frozen=True, kw_only=True)
class JournalHead:
    """Where the journal stood. Hashes are hexadecimal."""

    node: str = ""
    epoch: str = ""
    position: int = 0
    seq: int = 0
    chain: str = ""
    travel_chain: str = ""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`number` counts this folder's snapshots, so that their order needs no clock.

    `settings` are the small files of the node (keys): name -> [chunk, mode]. `files` are the kept files: SHA-256 ->
    chunk. `missing` are files that records name and that were not there to be copied.
    """

    number: int
    taken_at: str
    program: str
    database: Database
    head: JournalHead
    settings: dict[str, tuple[str, int]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def chunks(self) -> set[str]:
        """Every chunk that this snapshot needs."""
        return {*self.database.chunks, *self.files.values(), *(chunk for chunk, _ in self.settings.values())}


@dataclass(frozen=True)
class Snapshot:
    """A snapshot in a folder: its name there, what it holds, what its check found (None: not checked to the end)."""

    name: str
    manifest: Manifest
    faults: list[str] | None

    @property
    def sound(self) -> bool:
        return self.faults == []

    @property
    def taken_at(self) -> datetime:
        return datetime.fromisoformat(self.manifest.taken_at)


def write_manifest(folder: BackupFolder, manifest: Manifest) -> str:
    """Write a snapshot down, after its chunks; returns its name."""
    content = folder.seal.wrap(json.dumps(dataclasses.asdict(manifest)).encode())
    moment = datetime.fromisoformat(manifest.taken_at).astimezone(UTC)
    name = f"{manifest.number:06}-{moment:%Y%m%dT%H%M%SZ}-{hashlib.sha256(content).hexdigest()[:12]}"
    write_whole(folder.snapshots / name, content)
    return name


def read_manifest(folder: BackupFolder, name: str) -> Manifest:
    """Raises `Damaged`."""
    try:
        content = read_from_disk(folder.snapshots / name)
    except OSError as missing:
        raise Damaged(f"snapshot {name} cannot be read: {missing.strerror}") from missing
    if hashlib.sha256(content).hexdigest()[:12] != name.rsplit("-", 1)[-1]:
        raise Damaged(f"snapshot {name} is damaged")
    held: dict[str, Any] = json.loads(folder.seal.unwrap(content))
    return Manifest(
        **{
            **held,
            "database": Database(**held["database"]),
            "head": JournalHead(**held["head"]),
            "settings": {name: (chunk, mode) for name, (chunk, mode) in held["settings"].items()},
        }
    )


def snapshot_names(folder: BackupFolder) -> list[str]:
    """Oldest first."""
    return sorted(place.name for place in folder.snapshots.glob("[0-9]*-*-*") if place.suffix != _VERIFIED)


def snapshots(folder: BackupFolder) -> list[Snapshot]:
    """Every snapshot that can be read, oldest first. A damaged one is left out: `snapshot_names` has it still."""
    found = []
    for name in snapshot_names(folder):
        try:
            found.append(Snapshot(name, read_manifest(folder, name), read_check(folder, name)))
        except Damaged:
            continue
    return found


def write_check(folder: BackupFolder, name: str, faults: list[str]) -> None:
    """Note beside a snapshot that it was checked to the end, and what was found."""
    write_whole(folder.snapshots / f"{name}{_VERIFIED}", json.dumps(faults).encode())


def read_check(folder: BackupFolder, name: str) -> list[str] | None:
    try:
        faults: list[str] = json.loads((folder.snapshots / f"{name}{_VERIFIED}").read_bytes())
    except (OSError, ValueError):
        return None
    return faults


def number_of(name: str) -> int:
    return int(name.split("-")[0])


def next_number(folder: BackupFolder) -> int:
    return max(map(number_of, snapshot_names(folder)), default=0) + 1


def drop_snapshot(folder: BackupFolder, name: str) -> None:
    for place in (folder.snapshots / f"{name}{_VERIFIED}", folder.snapshots / name):
        Path(place).unlink(missing_ok=True)


def choose(folder: BackupFolder, wanted: str) -> Snapshot:
    """The snapshot of that name (or its beginning), or the newest sound one. Raises `BackupFailed`."""
    found = snapshots(folder)
    if not wanted:
        sound = [snapshot for snapshot in found if snapshot.sound]
        if not sound:
            raise BackupFailed("none", f"there is no checked snapshot in {folder.place}; see langso backup list")
        return sound[-1]
    fitting = [snapshot for snapshot in found if snapshot.name.startswith(wanted)]
    if len(fitting) != 1:
        raise BackupFailed("none", f"{len(fitting)} snapshots are called {wanted}; see langso backup list")
    return fitting[0]
