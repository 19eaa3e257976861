"""One hub and one box, joined over a weak link, for all tests of the link that leave both well."""

from collections.abc import Iterator

import pytest

from tests.faults.pair import Pair, running_pair
from tests.faults.small_disk import SmallDisk, small_disk

HUBS_DISK = 400
"""Megabytes: more than all tests need, few enough to be filled."""


@pytest.fixture(scope="session")
def hubs_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    with small_disk(tmp_path_factory.mktemp("pair") / "hub", HUBS_DISK) as disk:
        yield disk


@pytest.fixture(scope="session")
def shared_pair(hubs_disk: SmallDisk) -> Iterator[Pair]:
    """The tests that use it share an xdist group."""
    with running_pair(hubs_disk.folder.parent, database=None) as pair:
        yield pair


@pytest.fixture
def pair(shared_pair: Pair) -> Iterator[Pair]:
    """The pair with a link that is well again, before and after."""
    shared_pair.wire.heal()
    shared_pair.until_level(90)
    yield shared_pair
    shared_pair.wire.heal()
