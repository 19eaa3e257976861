"""Processes of both nodes are killed at random while both write. A hundred times: `tests/load/link/killing.py`."""

from pathlib import Path
from random import Random

import pytest

from tests.faults.killing import Killing
from tests.faults.pair import Pair
from tests.faults.proof import prove, prove_own

pytestmark = pytest.mark.xdist_group("link")


def test_nothing_is_lost_when_processes_die_while_both_sides_write(pair: Pair, tmp_path: Path) -> None:
    killing = Killing(pair, Random(11), tmp_path)
    killing.run(5, between=(0.3, 1.0))
    assert sum(killing.killed.values()) == 5
    assert killing.promised("box")
    pair.until_level(90)
    prove(pair, killing.promised("box"))
    prove_own(pair, killing.promised("hub"))
