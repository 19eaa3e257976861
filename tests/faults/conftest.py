"""One hub and one box over a weak link, for all tests of the link that leave both well; and a farmer's phone."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.pair import Pair, running_pair
from tests.faults.phone import Phone, phone
from tests.faults.small_disk import SmallDisk, small_disk
from tests.node import ROOT, Node

PATIENCE = "12"
"""Seconds that the box waits for an answer: long for a busy machine, short for whoever falls into a black hole."""
HUBS_DISK = 400
"""Megabytes: more than all tests need, few enough to be filled."""


@pytest.fixture(scope="session")
def hubs_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    with small_disk(tmp_path_factory.mktemp("pair") / "hub", HUBS_DISK) as disk:
        yield disk


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file of a node that has just been made."""
    folder = tmp_path_factory.mktemp("prepared")
    own = {"LANGSO_DATA": str(folder), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "langso.site.command", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=os.environ | own, cwd=ROOT, check=True, timeout=120)
    with closing(sqlite3.connect(folder / "langso.sqlite3")) as made:
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "langso.sqlite3"


@pytest.fixture(scope="session")
def shared_pair(hubs_disk: SmallDisk, prepared: Path) -> Iterator[Pair]:
    """The tests that use it share an xdist group."""
    folder = hubs_disk.folder.parent
    with running_pair(folder, database=None, prepared=prepared, LANGSO_LINK_PATIENCE=PATIENCE) as pair:
        yield pair


@pytest.fixture
def pair(shared_pair: Pair) -> Iterator[Pair]:
    """The pair with a link that is well again, before and after."""
    shared_pair.wire.heal()
    shared_pair.until_level(90)
    yield shared_pair
    shared_pair.wire.heal()


@pytest.fixture
def farmer(node: Node) -> Iterator[Phone]:
    with phone(node, "farmer") as held:
        yield held
