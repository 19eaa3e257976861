"""Is a snapshot what it should be, and can a node live from it?"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from langso.kernel.backup import databases
from langso.kernel.backup.folder import BackupFolder, alone_in, open_folder
from langso.kernel.backup.manifest import Manifest, Snapshot, choose, write_check
from langso.kernel.backup.sealing import Damaged


def damaged(folder: BackupFolder, chunks: Iterable[str]) -> dict[str, str]:
    """Those of the chunks that are not what they were, each with a sentence."""
    found = {}
    for chunk in chunks:
        try:
            folder.get(chunk)
        except Damaged as broken:
            found[chunk] = f"chunk {broken}"
    return found


def database_faults(
    folder: BackupFolder, manifest: Manifest, copy: databases.Copy, work: Path, *, thorough: bool
) -> list[str]:
    """What is wrong with the records of a new snapshot. Thorough: put together again from its chunks."""
    if thorough:
        copy.place.unlink()  # a stick need not have room for two
        return restored_faults(folder, manifest, work)
    return databases.sqlite_faults(copy.place, thorough=False) if copy.engine == "sqlite" else []


def restored_faults(folder: BackupFolder, manifest: Manifest, work: Path) -> list[str]:
    """Put the database of a snapshot together from its chunks and let the program itself check what came out."""
    place = work / databases.SQLITE_FILE
    try:
        databases.assemble(manifest.database, folder, place)
    except Damaged as broken:
        return [f"the database of this snapshot: {broken}"]
    if manifest.database.engine == "sqlite":
        return verified(work, "")
    with databases.database_beside(settings.DATABASE_URL, f"langso_check_{uuid4().hex[:12]}") as url:
        databases.load_postgresql(url, place)
        return verified(work, url)


def verified(data: Path, url: str) -> list[str]:
    """What `langso verify` says of the records in another data folder; empty when they are whole."""
    here = {**os.environ, "LANGSO_DATA": str(data), "DATABASE_URL": url, "LANGSO_SECRET_KEY": "only-to-check"}
    command = [sys.executable, "-m", "langso.site.command", "verify", "--records-only", "--only-tell"]
    done = subprocess.run(command, env=here, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode == 0:
        return []
    said = [line for line in done.stdout.splitlines() if line]
    return said or [f"the check of the database ended with {done.returncode}: {done.stderr.strip()[-300:]}"]


def check_snapshot(place: Path, *, wanted: str, phrase: str) -> tuple[Snapshot, list[str]]:
    """Check a snapshot of earlier as thoroughly as a new one, and note the outcome beside it. Raises `BackupFailed`."""
    folder = open_folder(place, phrase=phrase)
    with alone_in(folder) as work:
        snapshot = choose(folder, wanted)
        faults = list(damaged(folder, snapshot.manifest.chunks()).values())
        faults = faults or restored_faults(folder, snapshot.manifest, work)
        write_check(folder, snapshot.name, faults[:20])
    return snapshot, faults
