"""Making a data folder out of a snapshot. Free of Django: there is no node yet.

Everything is put together beside the folder and only exchanged with it at the end, in one step of the file system:
whoever dies on the way leaves the old folder as it was.
"""

import ctypes
import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from langso.kernel.backup import databases
from langso.kernel.backup.failures import BackupFailed, from_system
from langso.kernel.backup.folder import BackupFolder, flush_folder, write_whole
from langso.kernel.backup.holding import LOCK, folder_of_own, is_unused
from langso.kernel.backup.manifest import Snapshot
from langso.kernel.backup.sealing import Damaged

AT_FDCWD, RENAME_EXCHANGE = -100, 2


def restore(
    folder: BackupFolder,
    snapshot: Snapshot,
    data: Path,
    *,
    replace: bool,
    finish: Callable[[Path], None],
    now: datetime,
) -> Path | None:
    """Put a snapshot together as the data folder `data`; returns where the old folder now lies, if there was one.

    `finish` is called with the new folder before it takes its place: it makes a node of it. Raises `BackupFailed`.
    """
    data = data.absolute()
    if not replace and not is_unused(data):
        raise BackupFailed(
            "not_empty", f"{data} is not empty; choose another folder, or add --replace: the old one is kept"
        )
    beside = data.with_name(f"{data.name}.restoring")
    try:
        with folder_of_own(beside), folder_of_own(data):
            _empty(beside)
            _assemble(folder, snapshot, beside)
            finish(beside)
            (beside / LOCK).touch()
            os.sync()
            return _exchange(beside, data, now)
    except Damaged as broken:
        raise BackupFailed("damaged", f"{snapshot.name}: {broken}; choose another snapshot") from broken
    except OSError as problem:
        raise from_system(problem, data.parent) from problem


def _assemble(folder: BackupFolder, snapshot: Snapshot, into: Path) -> None:
    manifest = snapshot.manifest
    name = databases.SQLITE_FILE if manifest.database.engine == "sqlite" else databases.DUMP_FILE
    databases.assemble(manifest.database, folder, into / name)
    for name, (chunk, mode) in manifest.settings.items():
        place = into / Path(name).name
        place.touch(mode=0o600)
        place.write_bytes(folder.get(chunk))
        place.chmod(mode)
    for sha256, chunk in manifest.files.items():
        content = folder.get(chunk)
        if hashlib.sha256(content).hexdigest() != sha256:
            continue  # it was damaged when it was copied: a file that is missing is told, a wrong one would be shown
        write_whole(into / "files" / sha256[:2] / sha256[2:4] / sha256, content, flush=False)


def _empty(folder: Path) -> None:
    """What an interrupted restore left."""
    for entry in folder.iterdir():
        if entry.name != LOCK:
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()


def _exchange(new: Path, data: Path, now: datetime) -> Path | None:
    """Let the new folder take the old one's place; returns where the old one lies, None when it was empty."""
    _swap(new, data)
    flush_folder(data.parent)
    if is_unused(new):
        shutil.rmtree(new)
        return None
    kept = data.with_name(f"{data.name}.before-{now:%Y%m%dT%H%M%SZ}")
    os.rename(new, kept)
    flush_folder(data.parent)
    return kept


def _swap(one: Path, other: Path) -> None:
    """Exchange two folders in one step: a node that starts while there is none would begin anew."""
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if swap is None or swap(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE):
        between = other.with_name(f"{other.name}.between")
        os.rename(other, between)
        os.rename(one, other)
        os.rename(between, one)
