from uuid import UUID

import pytest

from langso.farm.diary.models import Entry
from langso.farm.diary.testing import make_entry, make_input
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.ids import new_id
from tests.cast import Cast, CastClient


@pytest.fixture
def an(cast: Cast) -> CastClient:
    return cast.client("an")


def post(client: CastClient, **told: object) -> tuple[int, dict[str, object]]:
    body = {"client_id": str(new_id()), "on_date": clock.today().isoformat()} | told
    answer = client.post("/api/diary/entries", body, content_type="application/json")
    return answer.status_code, answer.json()


def test_an_entry_is_written_once(an: CastClient, season: UUID) -> None:
    form = {
        "client_id": str(new_id()),
        "kind": "WORK",
        "season_id": str(season),
        "activity": "SPRAYING",
        "amount": "90",
        "unit": "ML",
        "input_name": "Abamectin 1.8EC",
        "done_at": clock.now().isoformat(),
    }
    first, again = post(an, **form), post(an, **form)
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert [concern["code"] for concern in first[1]["concerns"]] == ["DOSE_OVER_LIMIT"]  # type: ignore[attr-defined]
    status, body = post(an, **form | {"amount": "60"})
    assert (status, body["error"]["code"]) == (409, "form_already_used")  # type: ignore[index]
    assert Entry.objects.count() == 1


def test_all_four_tables(an: CastClient, season: UUID) -> None:
    kinds: list[dict[str, object]] = [
        {"kind": "WORK", "season_id": str(season), "activity": "WEEDING", "amount": 4, "unit": "HOUR"},
        {"kind": "HARVEST", "season_id": str(season), "quantity_kg": "350.5"},
        {"kind": "HAZARD", "season_id": str(season), "subject": "SOIL", "finding": "SAFE"},
        {"kind": "INPUT", "name": "NPK", "input_kind": "FERTILISER", "unit": "KG", "quantity": 50},
    ]
    assert [post(an, **told)[0] for told in kinds] == [201] * 4
    items = an.get("/api/diary/entries").json()["items"]
    assert sorted(item["kind"] for item in items) == ["HARVEST", "HAZARD", "INPUT", "WORK"]
    assert len(an.get("/api/diary/entries", {"season_id": str(season)}).json()["items"]) == 3
    assert len(an.get("/api/diary/entries", {"limit": 2, "offset": 3}).json()["items"]) == 1


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "WORK", "activity": "DANCING", "amount": 4, "unit": "HOUR"},
        {"kind": "WORK", "activity": "WEEDING", "amount": -4, "unit": "HOUR"},
        {"kind": "WORK", "activity": "WEEDING", "amount": 4, "unit": "HOUR", "remark": "a\u0000b"},
        {"kind": "HARVEST", "quantity_kg": 0},
        {"kind": "HARVEST", "quantity_kg": "NaN"},
        {"kind": "HARVEST", "quantity_kg": "9" * 30},
        {"kind": "HARVEST", "quantity_kg": 5, "on_date": "1850-01-01"},
        {"kind": "DREAM"},
    ],
)
def test_nonsense_is_refused_with_the_field(an: CastClient, season: UUID, told: dict[str, object]) -> None:
    status, body = post(an, **{"season_id": str(season)} | told)
    assert status == 422
    assert body["error"]["fields"]  # type: ignore[index]
    assert not Entry.objects.exists()


def test_only_own_entries_are_listed(cast: Cast, an: CastClient, season: UUID) -> None:
    mine = make_entry(season_id=season)
    make_entry(season_id=make_season(plot_id=make_plot(household_id=cast.other_household)))
    make_input(household_id=cast.other_household)
    assert [item["id"] for item in an.get("/api/diary/entries").json()["items"]] == [str(mine)]


def test_own_plots(cast: Cast, an: CastClient, season: UUID) -> None:
    make_plot(household_id=cast.other_household)
    [plot] = an.get("/api/plots").json()["items"]
    assert (plot["name"], plot["area_m2"]) == ("Nương trên", "1000.00")
    assert [each["id"] for each in plot["seasons"]] == [str(season)]
