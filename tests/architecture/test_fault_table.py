"""The table of faults names tests that are there."""

import re

from tests.architecture.house import ROOT

FOLDER = ROOT / "tests/faults"
NAMED = re.compile(r"(?P<file>[\w/]+\.py)?(?:::(?P<test>\w+))?")


def test_every_test_that_the_table_names_is_there() -> None:
    looked, file = 0, FOLDER
    for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines():
        for name in re.findall(r"`([^`]+)`", line if line.startswith("|") else ""):
            found = NAMED.fullmatch(name)
            if not found:
                continue
            if found["file"]:
                file = (ROOT if found["file"].startswith(("tests/", "langso/")) else FOLDER) / found["file"]
                assert file.exists(), name
            if found["test"]:
                assert re.search(rf"(def|class) {found['test']}\b", file.read_text(encoding="utf-8")), name
                looked += 1
    assert looked > 30
