"""One user of a data folder at a time: a running node, or a restore that takes its place. Light, for the supervisor."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from langso.kernel.backup.failures import BackupFailed

LOCK: Final = "node.lock"


@contextmanager
def folder_of_own(data: Path) -> Iterator[None]:
    """Hold a data folder while it is used. Raises `BackupFailed` when a running node or another restore holds it."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise BackupFailed("busy", f"a node is running on {data}; stop it first") from taken
        yield


def is_unused(data: Path) -> bool:
    """Whether there is nothing in a folder but, perhaps, the mark of who holds it."""
    return not data.exists() or all(entry.name == LOCK for entry in data.iterdir())
