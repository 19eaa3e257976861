"""Listeners do their work exactly once in effect, however often and wherever the worker is killed."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ENTRIES, KILLS, SEED = 2_000, 25, 7


@pytest.fixture
def own_node(tmp_path: Path, django_db_setup: None) -> Iterator[dict[str, str]]:
    """The environment of a node with a database of its own, on the engine that this run tests."""
    here = {**os.environ, "LANGSO_DATA": str(tmp_path), "DATABASE_URL": ""}
    if not settings.DATABASE_URL:
        yield here
        return
    name = f"langso_kill_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {**here, "DATABASE_URL": settings.DATABASE_URL.rsplit("/", 1)[0] + f"/{name}"}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_two_thousand_entries_five_listeners_and_a_worker_killed_at_random(own_node: dict[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "langso.kernel.journal.tests.killed_reader", str(ENTRIES), str(KILLS), str(SEED)],
        env=own_node,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    result = json.loads(run.stdout)
    assert result["died"] >= KILLS // 2, "the worker was hardly ever killed: the test proves nothing"
    assert len(result["clean"]) == 5
    assert result["clean"]["counted"][1] > 900
    assert result["killed"] == result["clean"]
    assert result["parked"] == 0
