"""Disks of their own for fault tests: small ones that fill up, and one whose power can be cut."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"a file system of its own cannot be mounted here: {done.stderr.strip()}")


@contextmanager
def small_disk(place: Path, *, megabytes: int) -> Iterator[Path]:
    """A file system that is soon full. Skips the test where none can be mounted."""
    place.mkdir()
    mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def image_disk(place: Path, image: Path, *, megabytes: int = 0) -> Iterator[Path]:
    """An ext4 file system in a file: a copy of the file is what a disk holds when the power goes at that moment."""
    place.mkdir()
    if megabytes:
        with image.open("wb") as stream:
            stream.truncate(megabytes * 1024 * 1024)
        if shutil.which("mkfs.ext4") is None:
            pytest.skip("there is no mkfs.ext4 here")
        subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    mount("-o", "loop", str(image), str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
