"""`langso places import-boundaries`: the operator's way to bring outlines in."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from langso.community.places.queries import commune_outline_svg

FILE = Path(__file__).resolve().parents[4] / ".." / "shared" / "data" / "boundaries" / "per-province" / "12.topojson"
OPTIONS = {"edition": "2026-04-30", "legal_basis": "none, for reference", "valid_from": "2026-04-30"}


def run(file: Path) -> str:
    said = StringIO()
    options = [f"--{name.replace('_', '-')}={value}" for name, value in OPTIONS.items()]
    call_command("places", "import-boundaries", str(file), *options, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
@pytest.mark.skipif(not FILE.exists(), reason="the real boundaries lie beside the repository, in ../shared")
def test_the_outlines_of_a_province_come_in_by_command() -> None:
    assert "38 outlines of commune" in run(FILE)
    assert commune_outline_svg("03390")


@pytest.mark.django_db
def test_a_missing_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nothing-here"):
        run(tmp_path / "nothing-here.topojson")
