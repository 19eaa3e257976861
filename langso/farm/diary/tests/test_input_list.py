import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from langso.farm.diary import queries, services
from langso.farm.diary.models import InputList
from langso.farm.diary.queries.lists import current_edition, listed_products
from langso.farm.diary.testing import make_entry, make_input, make_input_list
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.require import NotAllowed
from langso.kernel.journal.models import Entry as JournalEntry
from tests.cast import Cast


def document(*products: dict[str, Any], **edition: Any) -> bytes:
    known = {"title": "Danh mục 2027", "source": "Bộ", "official": True, "products": list(products)}
    return json.dumps(known | edition).encode()


def product(**told: Any) -> dict[str, Any]:
    return {"code": "x", "name": "X 10EC", "kind": "PESTICIDE", "unit": "ML", "valid_from": "2026-01-01"} | told


@pytest.mark.django_db
def test_the_demonstration_list_is_there_from_the_first_day_and_says_what_it_is() -> None:
    first = make_input_list()
    assert make_input_list() == first, "the same document is the same edition"
    edition = current_edition()
    assert edition
    assert not edition.official
    assert "trình diễn" in edition.title
    assert listed_products().count() == 16


def test_a_new_edition_decides_from_now_on(cast: Cast, season: UUID) -> None:
    bottle = make_input(household_id=cast.household)
    make_entry(season_id=season, activity="SPRAYING", unit="ML", amount=20, input_id=bottle)
    assert queries.open_concerns(season) == []
    banned = product(
        code="abamectin-1.8ec", valid_from="2024-01-01", valid_to=(clock.today() - timedelta(days=1)).isoformat()
    )
    services.load_input_list(cast.actor("oanh"), document=document(banned))
    make_entry(season_id=season)
    assert sorted(card.code for card in queries.open_concerns(season)) == ["INPUT_NOT_ALLOWED", "INTERVAL_UNKNOWN"]
    assert InputList.objects.count() == 2
    body = JournalEntry.objects.get(kind="farm.diary.input_list_loaded.v1", body__official=True).body
    assert body["products"] == 1


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        document(product(kind="POISON")),
        document(product(max_per_ha=-1)),
        document(product(surprise=1)),
        document(product(), product()),
        document(product(valid_to="2025-01-01")),
        document(title=""),
    ],
)
def test_a_broken_list_changes_nothing(cast: Cast, text: bytes) -> None:
    before = InputList.objects.count()
    with pytest.raises(services.InputListIsInvalid):
        services.load_input_list(system(), document=text)
    assert InputList.objects.count() == before


def test_only_the_operator_loads_a_list(cast: Cast) -> None:
    for other in ("an", "dung", "ha", "khanh", "minh"):
        with pytest.raises(NotAllowed):
            services.load_input_list(cast.actor(other), document=document())


@pytest.mark.django_db
def test_the_command(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    with pytest.raises(CommandError, match="cannot read"):
        call_command("load_input_list", str(file))
    file.write_bytes(document(product(unit="MILES")))
    with pytest.raises(CommandError, match=r"products\.0\.unit"):
        call_command("load_input_list", str(file))
    file.write_bytes(document(product()))
    call_command("load_input_list", str(file))
    edition = current_edition()
    assert edition
    assert edition.official
