"""Fault tests run real processes on folders of their own, on SQLite: they are about a commune's box.

On PostgreSQL they would run the same nodes once more and prove nothing new, so a suite on PostgreSQL skips them.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.faults.box.boxes import Box, copy_of, found


@pytest.fixture(scope="session")
def empty(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Box:
    """A folder in which nothing has happened yet: whoever copies it is a node of its own."""
    if os.environ.get("DATABASE_URL"):
        pytest.skip("its nodes keep their records in their folders, on SQLite: make test")
    box = Box(tmp_path_factory.mktemp("empty") / "data")
    box.data.mkdir()
    shutil.copy(prepared, box.data)
    return box


@pytest.fixture(scope="session")
def founded(empty: Box, tmp_path_factory: pytest.TempPathFactory) -> Box:
    """One new box with an operator called "oanh", which most fault tests copy."""
    return found(copy_of(empty, tmp_path_factory.mktemp("founded") / "data"))


@pytest.fixture
def box(founded: Box, tmp_path: Path) -> Box:
    return copy_of(founded, tmp_path / "data")
