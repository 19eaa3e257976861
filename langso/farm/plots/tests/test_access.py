from collections.abc import Mapping

from langso.farm.plots.testing import make_plot, make_season
from langso.kernel.clock import today
from langso.kernel.ids import new_id
from tests.access_table import Row, access_test
from tests.cast import Cast

PLOT = {"kind": "FIELD", "area": "3", "area_unit": "SAO", "name": "Nương mới"}
SEASON = {"product_name": "Ngô", "standard": "NONE"}
RESIDENTS = ("an", "binh", "chi")


def things(cast: Cast) -> Mapping[str, object]:
    """A plot of An's household, with one season for the cooperative and one for nobody."""
    plot = make_plot(household_id=cast.household, name="Nương")
    return {
        "plot": plot,
        "empty": make_plot(household_id=cast.household, name="Vườn"),
        "season": make_season(plot_id=plot, organisation_id=cast.cooperative),
        "private": make_season(plot_id=plot, product_name="Ngô"),
        "closed": make_season(plot_id=plot, closed_date=today()),
        "form": new_id(),
        "today": today().isoformat(),
    }


def rows(url: str, method: str = "GET", body: Mapping[str, str] | None = None, **expected: int) -> tuple[Row, ...]:
    return tuple(Row(who, method, url, status, body or {}) for who, status in expected.items())


EVERYBODY_ELSE = {"lan": 404, "minh": 403, "oanh": 403, "nobody": 302}
TABLE = (
    *rows("/api/plots", an=200, chi=200, minh=409, nobody=401),
    *rows("/plots/", an=200, binh=200, chi=200, dung=200, giang=200, lan=409, minh=409, nobody=302),
    *rows("/plots/new/", an=200, chi=200, lan=409, nobody=302),
    *rows("/plots/new/", "POST", {**PLOT, "client_id": "{form}"}, an=302, chi=302, lan=409, nobody=302),
    *rows("/plots/{plot}/", an=200, binh=200, chi=403, dung=200, giang=403, ha=200, khanh=200, **EVERYBODY_ELSE),
    *rows("/plots/{empty}/", an=200, chi=403, dung=200, ha=403, khanh=403, **EVERYBODY_ELSE),
    *rows("/plots/{plot}/details/", an=200, chi=403, dung=403, ha=403, khanh=403, **EVERYBODY_ELSE),
    *rows(
        "/plots/{plot}/details/", "POST", {**PLOT, "client_id": "{form}"},
        binh=302, chi=403, dung=403, giang=403, ha=403, **EVERYBODY_ELSE,
    ),
    *rows("/plots/{empty}/retirement/", "POST", an=302, chi=403, dung=403, ha=403, **EVERYBODY_ELSE),
    *rows("/plots/{plot}/retirement/", "POST", an=409),
    *rows("/plots/{plot}/seasons/new/", an=200, chi=403, dung=403, ha=403, **EVERYBODY_ELSE),
    *rows(
        "/plots/{plot}/seasons/new/", "POST", {**SEASON, "start_date": "{today}", "client_id": "{form}"},
        an=302, chi=403, dung=403, ha=403, **EVERYBODY_ELSE,
    ),
    *rows("/plots/seasons/{season}/", an=200, binh=200, chi=403, dung=200, giang=403, ha=200, **EVERYBODY_ELSE),
    *rows("/plots/seasons/{private}/", an=200, dung=200, ha=403, khanh=403, **EVERYBODY_ELSE),
    *rows("/plots/seasons/{season}/details/", an=200, chi=403, dung=403, ha=403, **EVERYBODY_ELSE),
    *rows(
        "/plots/seasons/{season}/details/", "POST", {**SEASON, "start_date": "{today}", "client_id": "{form}"},
        an=302, chi=403, dung=403, ha=403, **EVERYBODY_ELSE,
    ),
    *rows("/plots/seasons/{season}/closing/", an=200, chi=403, dung=403, ha=403, **EVERYBODY_ELSE),
    *rows(
        "/plots/seasons/{season}/closing/", "POST", {"closed_date": "{today}"},
        an=302, chi=403, dung=403, ha=403, **EVERYBODY_ELSE,
    ),
    *rows("/plots/seasons/{closed}/reopening/", "POST", an=302, chi=403, dung=403, ha=403, **EVERYBODY_ELSE),
    *rows("/plots/desk/", an=403, chi=403, dung=200, giang=403, ha=200, khanh=200, lan=200, minh=403, nobody=302),
    *rows("/plots/desk/seasons/", an=403, dung=200, giang=403, ha=200, khanh=200, lan=200, minh=403, nobody=302),
)  # fmt: skip

test_access = access_test(TABLE, things)
