from collections.abc import Mapping
from typing import Any

from langso.farm.diary import queries, services
from langso.farm.diary.models import Entry
from langso.farm.diary.testing import make_early_harvest, make_entry, make_harvest, make_input
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel.clock import today
from langso.kernel.ids import new_id
from tests.access_table import Row, access_test
from tests.cast import Cast


def things(cast: Cast) -> Mapping[str, object]:
    """An's diary: a season for the cooperative, one for nobody, and entries in every state."""
    plot = make_plot(household_id=cast.household, name="Nương")
    season = make_season(plot_id=plot, organisation_id=cast.cooperative)
    private = make_season(plot_id=plot, product_name="Ngô")
    asked, struck = make_entry(season_id=season), make_entry(season_id=season)
    services.question_entry(cast.actor("khanh"), entry_id=asked, version=1, question="Sao vậy?")
    services.strike_entry(cast.actor("an"), entry_id=struck, reason="Ghi hai lần")
    make_early_harvest(season_id=season, household_id=cast.household)
    return {
        "season": season,
        "private": private,
        "entry": make_entry(season_id=season),
        "private_entry": make_entry(season_id=private),
        "bottle": make_input(household_id=cast.household),
        "harvest": make_harvest(season_id=private, quantity_kg=1),
        "asked": asked,
        "struck": struck,
        "concern": queries.open_concerns(season)[0].id,
        "sha": "0" * 64,
        "form": new_id(),
        "today": today().isoformat(),
        "count": Entry.objects.count(),
    }


def rows(url: str, method: str = "GET", body: Mapping[str, Any] | None = None, **expected: int) -> tuple[Row, ...]:
    return tuple(Row(who, method, url, status, body or {}) for who, status in expected.items())


FORM = {"client_id": "{form}", "on_date": "{today}"}
ELSEWHERE = {"lan": 404, "minh": 403, "oanh": 403, "nobody": 302}
NOT_MINE = {"chi": 403, "giang": 403, **ELSEWHERE}
ONLY_READERS = {"dung": 403, "ha": 403, "khanh": 403, **NOT_MINE}
ONLY_WRITERS = {"an": 403, "dung": 403, "ha": 403, **NOT_MINE}
TABLE = (
    *rows("/diary/", an=200, binh=200, chi=200, dung=200, lan=409, minh=409, nobody=302),
    *rows("/diary/inputs/", an=200, chi=200, minh=409, nobody=302),
    *rows("/diary/inputs/list/", an=200, lan=200, nobody=200),
    *rows("/diary/inputs/new/", an=200, chi=200, minh=409, nobody=302),
    *rows(
        "/diary/inputs/new/", "POST", {**FORM, "kind": "FERTILISER", "name": "NPK", "quantity": "50", "unit": "KG"},
        an=302, chi=302, minh=409, nobody=302,
    ),
    *rows("/diary/seasons/{season}/", an=200, binh=200, dung=200, ha=200, khanh=200, **NOT_MINE),
    *rows("/diary/seasons/{private}/", an=200, dung=200, ha=403, khanh=403, **NOT_MINE),
    *rows("/diary/seasons/{season}/work/WEEDING/", an=200, binh=200, **ONLY_READERS),
    *rows("/diary/seasons/{season}/work/FEEDING/", an=404),
    *rows("/diary/seasons/{season}/work/NOTHING/", an=404),
    *rows("/diary/seasons/{season}/work/WEEDING/", "POST", {**FORM, "amount": "4"}, an=302, binh=302, **ONLY_READERS),
    *rows("/diary/seasons/{season}/harvest/", an=200, **ONLY_READERS),
    *rows("/diary/seasons/{season}/harvest/", "POST", {**FORM, "quantity_kg": "40"}, binh=302, **ONLY_READERS),
    *rows("/diary/seasons/{season}/hazard/", an=200, **ONLY_READERS),
    *rows(
        "/diary/seasons/{season}/hazard/", "POST", {**FORM, "subject": "SOIL", "finding": "SAFE"},
        an=302, **ONLY_READERS,
    ),
    *rows("/diary/entries/{entry}/", an=200, binh=200, dung=200, ha=200, khanh=200, **NOT_MINE),
    *rows("/diary/entries/{private_entry}/", an=200, dung=200, ha=403, khanh=403, **NOT_MINE),
    *rows("/diary/entries/{bottle}/", an=200, dung=200, ha=200, khanh=200, **NOT_MINE),
    *rows("/diary/entries/{entry}/correction/", an=200, **ONLY_READERS),
    *rows(
        "/diary/entries/{entry}/correction/", "POST", {**FORM, "amount": "5", "version": "1", "reason": "NUMBER"},
        an=302, **ONLY_READERS,
    ),
    *rows("/diary/entries/{entry}/strike/", an=200, **ONLY_READERS),
    *rows("/diary/entries/{entry}/strike/", "POST", {"reason": "TWICE"}, binh=302, **ONLY_READERS),
    *rows("/diary/entries/{struck}/restoration/", "POST", an=302, **ONLY_READERS),
    *rows("/diary/entries/{entry}/undo/", "POST", an=302, **ONLY_READERS),
    *rows("/diary/entries/{asked}/answer/", "POST", {"words": "Sáng qua"}, binh=302, **ONLY_READERS),
    *rows("/diary/entries/{entry}/photos/", "POST", {}, an=422, **ONLY_READERS),
    *rows("/diary/entries/{entry}/photos/{sha}/", an=404, chi=403, lan=404, nobody=302),
    *rows("/diary/entries/{entry}/photos/{sha}/removal/", "POST", an=404, **ONLY_READERS),
    *rows("/diary/entries/{entry}/file/", an=404, chi=403, lan=404, nobody=302),
    *rows("/diary/entries/{entry}/confirmation/", "POST", {"version": "1"}, khanh=302, **ONLY_WRITERS),
    *rows("/diary/entries/{bottle}/confirmation/", "POST", {"version": "1"}, khanh=302, **ONLY_WRITERS),
    *rows("/diary/entries/{private_entry}/confirmation/", "POST", {"version": "1"}, khanh=403),
    *rows("/diary/entries/{entry}/confirmation/", "POST", {"version": "9"}, khanh=409),
    *rows("/diary/entries/{entry}/question/", "POST", {"version": "1", "words": "Ai làm?"}, khanh=302, **ONLY_WRITERS),
    *rows("/diary/concerns/{concern}/answer/", "POST", {"words": "Đã xem"}, khanh=302, **ONLY_WRITERS),
    *rows("/diary/checks/", khanh=200, an=403, dung=403, ha=403, lan=403, minh=403, nobody=302),
    *rows("/diary/checks/confirmation/", "POST", {"seen": "{entry}:1"}, khanh=302, **ONLY_WRITERS),
    *rows("/api/diary/entries", an=200, binh=200, chi=200, minh=409, nobody=401),
    *rows("/api/diary/entries?season_id={season}", binh=200, chi=403, dung=403, lan=409, minh=409, nobody=401),
    *rows(
        "/api/diary/entries", "POST",
        {**FORM, "kind": "WORK", "season_id": "{season}", "activity": "WEEDING", "amount": "4", "unit": "HOUR"},
        an=201, binh=201, chi=403, dung=403, khanh=403, lan=404, minh=403, nobody=401,
    ),
)  # fmt: skip

test_access = access_test(TABLE, things)
