"""A disk that can be filled: a small file system in memory, mounted where this may be done."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """`is_small` is false where nothing could be mounted: then it is a folder like any other."""

    folder: Path
    is_small: bool

    def fill(self) -> None:
        """Leave no room at all."""
        piece = PIECE
        with (self.folder / "ballast").open("ab", buffering=0) as ballast:
            while piece:
                try:
                    if ballast.write(bytes(piece)) < piece:
                        piece //= 2
                except OSError:
                    piece //= 2

    def clear(self) -> None:
        with suppress(FileNotFoundError):
            (self.folder / "ballast").unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield SmallDisk(folder, mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
