"""Whoever kills a node while its log is written finds no line lost, none doubled, and every signature good."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.node import ROOT

pytestmark = pytest.mark.xdist_group("faults")
TIMES = 60
"""`python -m tests.faults.log_killing` does it five hundred times."""


def test_killed_while_it_takes_in_and_signs(prepared: Path, tmp_path: Path) -> None:
    shutil.copy(prepared, tmp_path)
    own = {"LANGSO_DATA": str(tmp_path), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "tests.faults.log_killing", "--times", str(TIMES)]
    run = subprocess.run(command, env=os.environ | own, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr[-2000:]
    told = json.loads(run.stdout.strip().splitlines()[-1])
    assert told["killed"] == TIMES
    assert told["entries"] == told["leaves"] > 20
    assert told["checkpoints"] > 10
    assert told["faults"] == []
