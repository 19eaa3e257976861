"""Fault tests run real processes on folders of their own, on SQLite: they are about a commune's box."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.faults.box.boxes import Box, copy_of, found


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Box:
    """One new box that all fault tests copy."""
    return found(tmp_path_factory.mktemp("founded") / "data")


@pytest.fixture
def box(founded: Box, tmp_path: Path) -> Box:
    return copy_of(founded, tmp_path / "data")


@pytest.fixture
def on_sqlite(settings: Settings) -> None:
    """Nodes of these tests keep their records in their folder, whatever engine the suite runs on."""
    settings.DATABASE_URL = ""
