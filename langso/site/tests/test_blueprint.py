"""`langso domain`: a new domain's folder, whose tests fail politely."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from langso.kernel.errors import Invalid
from langso.site.blueprint import write_domain

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("pillar", "name"), [("cooking", "soup"), ("farm", "Tractor"), ("farm", "../x"), ("farm", "a")]
)
def test_bad_names_are_refused(tmp_path: Path, pillar: str, name: str) -> None:
    with pytest.raises(Invalid):
        write_domain(tmp_path, pillar=pillar, name=name)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    write_domain(tmp_path, pillar="farm", name="weather")
    with pytest.raises(Invalid):
        write_domain(tmp_path, pillar="farm", name="weather")


def test_the_tests_of_a_new_domain_fail_and_say_what_is_missing(tmp_path: Path) -> None:
    for part in ("conftest.py", "pyproject.toml", "tests"):
        (tmp_path / part).symlink_to(ROOT / part)
    shutil.copytree(ROOT / "langso", tmp_path / "langso", ignore=shutil.ignore_patterns("static"))
    (tmp_path / "build" / "static").mkdir(parents=True)
    made = write_domain(tmp_path / "langso", pillar="society", name="singing")
    settings = tmp_path / "langso" / "site" / "settings.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("DOMAINS = [\n", f"DOMAINS = [\n    {made.registration}\n"), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "langso/society/singing", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "LANGSO_DATA": str(tmp_path / "var"), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    for sentence in (
        "write the purpose of singing",
        "write the first service of singing",
        "write a row for each address",
    ):
        assert sentence in run.stdout
