"""`langso restore --from DIR --data NEWDIR`: a node out of a backup. It runs before there is a node, so without Django.

The rest of the command (`state`, `finish`) belongs to a node that is there: `langso.kernel.backup`.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from langso.kernel import env
from langso.kernel.backup import databases
from langso.kernel.backup.failures import BackupFailed
from langso.kernel.backup.folder import open_folder
from langso.kernel.backup.manifest import Snapshot, choose
from langso.kernel.backup.restoring import restore
from langso.kernel.backup.sealing import passphrase


def options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="langso restore", description="Make a data folder out of a backup.")
    parser.add_argument("--from", dest="source", required=True, help="folder of backups")
    parser.add_argument("--data", required=True, help="the new data folder")
    parser.add_argument("--snapshot", default="", help="which one (its beginning is enough); the newest whole one")
    parser.add_argument("--replace", action="store_true", help="take the place of a folder in use; it is kept beside")
    return parser.parse_args(arguments)


def restore_node(arguments: Sequence[str]) -> int:
    """Make the folder, open the node's new epoch in it, say what was done; returns the exit code."""
    given = options(arguments)
    try:
        folder = open_folder(Path(given.source), phrase=passphrase())
        snapshot = choose(folder, given.snapshot)
        url = database_for(snapshot)
        data = Path(given.data)
        kept = restore(
            folder,
            snapshot,
            data,
            replace=given.replace,
            finish=lambda beside: begin(beside, snapshot, url),
            now=datetime.now(UTC),
        )
    except BackupFailed as failure:
        print(f"langso restore: {failure}", file=sys.stderr)
        return 1
    report(snapshot, data, kept)
    return 0


def database_for(snapshot: Snapshot) -> str:
    """Where the records go: empty for SQLite in the folder. Raises `BackupFailed` when engine and setting differ."""
    url = env.text("DATABASE_URL", "", "postgres://user:password@host:port/name; empty means SQLite.", secret=True)
    engine = snapshot.manifest.database.engine
    if engine == "sqlite" and url:
        raise BackupFailed("engine", "this snapshot is of SQLite; unset DATABASE_URL")
    if engine == "postgresql" and not url:
        raise BackupFailed("engine", "this snapshot is of PostgreSQL; set DATABASE_URL to an empty database")
    return url


def begin(beside: Path, snapshot: Snapshot, url: str) -> None:
    """Fill PostgreSQL if that is the engine; bring the records to this program's form; open the new epoch."""
    if url:
        databases.load_postgresql(url, beside / databases.DUMP_FILE)
        (beside / databases.DUMP_FILE).unlink()
    here = {**os.environ, "LANGSO_DATA": str(beside), "DJANGO_SETTINGS_MODULE": "langso.site.settings"}
    step = ["restore", "begin", "--snapshot", snapshot.name, "--taken-at", snapshot.manifest.taken_at]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "langso.site.command", *step], env=here, capture_output=True, text=True, check=False
    )
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip())[-500:]
        raise BackupFailed("begin", f"the snapshot could not be made a node again: {words}")


def report(snapshot: Snapshot, data: Path, kept: Path | None) -> None:
    manifest = snapshot.manifest
    print(
        f"{data}: {snapshot.name}, {manifest.head.position} entries, {len(manifest.files)} files, a new epoch is open"
    )
    for fault in snapshot.faults or []:
        print(f"known when it was taken: {fault}")
    if kept:
        print(f"the folder that was there before is kept: {kept}")
    print(
        f"what was written after {snapshot.taken_at:%Y-%m-%d %H:%M} UTC and never travelled is lost with the old disk"
    )
    print(f"start it: langso up --data {data}; how far it is: langso restore state --data {data}")


if __name__ == "__main__":
    sys.exit(restore_node(sys.argv[1:]))
