"""What travels to a phone and to a desk, gzipped, against the budgets. `make assets` builds the files."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings

BUILT = Path(settings.REPOSITORY) / "build" / "static"
KILOBYTE = 1024


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("resident.css", 8 * KILOBYTE),
        ("resident-script.js", 7 * KILOBYTE),
        ("outbox-script.js", 2 * KILOBYTE),
        ("sw.js", 1.5 * KILOBYTE),
        ("icons.svg", 5 * KILOBYTE),
        ("icons-more.svg", 5 * KILOBYTE),
        ("desk.css", 10 * KILOBYTE),
        ("desk-script.js", 8 * KILOBYTE),
    ],
)
def test_weight(name: str, most: float) -> None:
    weight = len(gzip.compress((BUILT / name).read_bytes(), 9))
    assert 100 < weight <= most


def test_colours_stand_in_one_file() -> None:
    folder = Path(settings.REPOSITORY) / "assets" / "css"
    sheets = [sheet for sheet in folder.glob("*.css") if sheet.name != "tokens.css"]
    assert len(sheets) > 5
    assert not [sheet.name for sheet in sheets if "#" in sheet.read_text(encoding="utf-8").replace("#content", "")]
