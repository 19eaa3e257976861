"""A node on PostgreSQL is backed up by `pg_dump` and restored into an empty database."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.node import own_database

needs_server = pytest.mark.skipif(not settings.DATABASE_URL, reason="runs on PostgreSQL: make test-postgres")
needs_client = pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not installed")


def langso(data: Path, url: str, *arguments: str, code: int = 0, **more: str) -> str:
    here = {**os.environ, "LANGSO_DATA": str(data), "DATABASE_URL": url, **more}
    run = subprocess.run(
        [sys.executable, "-m", "langso.site.command", *arguments], env=here, capture_output=True, text=True, timeout=120
    )
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout + run.stderr


@needs_server
@needs_client
def test_there_and_back(tmp_path: Path) -> None:
    data, stick = tmp_path / "data", tmp_path / "stick"
    data.mkdir()
    (data / "secret.key").write_text("signs sessions")
    with own_database() as url, own_database() as other:
        langso(data, url, "migrate", "--verbosity", "0")
        langso(data, url, "createoperator", "oanh")
        assert "read again and whole" in langso(data, url, "backup", "--to", str(stick))
        restore = ("restore", "--from", str(stick), "--data", str(tmp_path / "new"))
        assert "set DATABASE_URL" in langso(tmp_path, "", *restore, code=1)
        langso(tmp_path, other, *restore)
        assert (tmp_path / "new" / "secret.key").read_text() == "signs sessions"
        assert "whole" in langso(tmp_path / "new", other, "verify")
        with psycopg.connect(url) as before, psycopg.connect(other) as after:
            question = "SELECT id FROM journal_entry WHERE kind NOT LIKE 'kernel.%' ORDER BY position"
            assert before.execute(question).fetchall() == after.execute(question).fetchall() != []
        assert "failed" in langso(tmp_path, url, *restore[:-1], str(tmp_path / "third"), code=1), "not into a full one"


@needs_server
def test_without_its_client_it_says_what_is_missing(tmp_path: Path) -> None:
    with own_database() as url:
        langso(tmp_path / "data", url, "migrate", "--verbosity", "0")
        langso(tmp_path / "data", url, "createoperator", "oanh")
        said = langso(tmp_path / "data", url, "backup", "--to", str(tmp_path / "stick"), code=1, PATH=str(tmp_path))
        assert "pg_dump is not installed" in said
