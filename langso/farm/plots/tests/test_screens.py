import gzip
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from langso.farm.plots.models import Plot, Season
from langso.farm.plots.rules import Point
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.ids import new_id
from langso.kernel.ui.testing import faults_on_screen
from tests.cast import Cast

SQUARE = '{"type": "Polygon", "coordinates": [[[103.5, 22.3], [103.6, 22.3], [103.6, 22.4], [103.5, 22.3]]]}'


def plot_form(**told: str) -> dict[str, str]:
    return {"client_id": str(new_id()), "kind": "FIELD", "area": "2,5", "area_unit": "SAO"} | told


def test_a_household_says_its_area_in_sao(cast: Cast) -> None:
    an = cast.client("an")
    saved = an.post("/plots/new/", plot_form(name="Nương trên", village_id=str(cast.village)), follow=True)
    plot = Plot.objects.get()
    assert plot.area_m2 == Decimal(900), "2,5 sào of 360 m² in Lai Châu"
    assert f"/plots/{plot.pk}/seasons/new/" == saved.redirect_chain[-1][0], "what grows there is asked next"
    text = an.get("/plots/").content.decode()
    assert "2,5 sào (900 m²)" in text
    assert "Bản 1" in an.get(f"/plots/{plot.pk}/").content.decode()
    form = an.get(f"/plots/{plot.pk}/details/").content.decode()
    assert 'value="2,5"' in form


def test_a_plot_without_a_name_gets_one(cast: Cast) -> None:
    an = cast.client("an")
    for _number in range(2):
        an.post("/plots/new/", plot_form(kind="POND"))
    assert sorted(Plot.objects.values_list("name", flat=True)) == ["Ao 1", "Ao 2"]


def test_the_same_form_twice_is_one_plot(cast: Cast) -> None:
    an, form = cast.client("an"), plot_form(name="Vườn")
    assert an.post("/plots/new/", form).url == an.post("/plots/new/", form).url
    assert Plot.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"area": "rộng"}, "area"),
        ({"area": "0"}, "area"),
        ({"kind": ""}, "kind"),
        ({"latitude": "22,3"}, "longitude"),
        ({"latitude": "103,5", "longitude": "22,3"}, "latitude"),
        ({"outline": "{"}, "outline"),
        ({"outline": "[1, 2]"}, "outline"),
        ({"outline": '{"type": "Point", "coordinates": [103.5, 22.3]}'}, "outline"),
        ({"name": "x" * 81}, "name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(cast: Cast, told: dict[str, str], field: str) -> None:
    answer = cast.client("an").post("/plots/new/", plot_form(**told))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not Plot.objects.exists()


def test_an_outline_is_drawn_and_a_point_lies_on_the_commune(cast: Cast) -> None:
    an = cast.client("an")
    an.post("/plots/new/", plot_form(outline=SQUARE))
    drawn = an.get(f"/plots/{Plot.objects.get().pk}/").content.decode()
    assert drawn.count("<path") == 1
    point = Point(Decimal("22.35"), Decimal("103.55"))
    placed = make_plot(household_id=cast.household, point=point)
    assert "<circle" not in an.get(f"/plots/{placed}/").content.decode(), "no boundaries were imported"


def test_a_season_from_start_to_end(cast: Cast) -> None:
    an = cast.client("an")
    plot = make_plot(household_id=cast.household)
    shown = an.get(f"/plots/{plot}/seasons/new/").content.decode()
    assert "Hợp tác xã miến dong" in shown
    form = {
        "client_id": str(new_id()),
        "product_name": "Dong riềng",
        "standard": "VIETGAP",
        "organisation_id": str(cast.cooperative),
        "start_date": (clock.today() - timedelta(days=30)).isoformat(),
        "expected_kg": "6.000",
    }
    an.post(f"/plots/{plot}/seasons/new/", form)
    season = Season.objects.get()
    assert (season.organisation_id, season.expected_kg) == (cast.cooperative, 6000)
    an.post(f"/plots/seasons/{season.pk}/details/", form | {"expected_kg": "5500"})
    season.refresh_from_db()
    assert season.expected_kg == 5500
    wrong = an.post(f"/plots/seasons/{season.pk}/closing/", {"closed_date": "2020-01-01"})
    assert wrong.status_code == 422
    an.post(f"/plots/seasons/{season.pk}/closing/", {"closed_date": clock.today().isoformat()})
    season.refresh_from_db()
    assert season.closed_date == clock.today()
    again = an.get(f"/plots/{plot}/seasons/new/").content.decode()
    assert 'value="Dong riềng"' in again, "what was grown before is offered"


def test_a_rare_crop_of_a_neighbour_is_not_offered(cast: Cast) -> None:
    plot = make_plot(household_id=cast.household)
    make_season(plot_id=make_plot(household_id=cast.other_household), product_name="Sâm của ông Sáu")
    for _number in range(3):
        make_season(plot_id=make_plot(household_id=new_id()), product_name="Lúa")
    shown = cast.client("an").get(f"/plots/{plot}/seasons/new/").content.decode()
    assert "Lúa" in shown
    assert "Sâm" not in shown


def test_the_manager_lists_members_plots_and_seasons(cast: Cast) -> None:
    plot = make_plot(household_id=cast.household, name="Nương trên", use="miến dong")
    season = make_season(plot_id=plot, organisation_id=cast.cooperative, expected_kg=6000)
    make_season(plot_id=make_plot(household_id=cast.other_household, name="Nương chị Chi"))
    ha, dung = cast.client("ha"), cast.client("dung")

    def text(client: Any, path: str, **query: str) -> str:
        answer = client.get(path, query)
        assert answer.status_code == 200
        return str(answer.content.decode())

    assert "Lò Văn An" in text(ha, "/plots/desk/")
    assert "Nương chị Chi" not in text(ha, "/plots/desk/")
    assert "Nương chị Chi" in text(dung, "/plots/desk/")
    assert "Nương trên" in text(dung, "/plots/desk/", q="mien dong")
    assert "Nương chị Chi" not in text(dung, "/plots/desk/", q="mien dong")
    assert "Nương trên" not in text(dung, "/plots/desk/", kind="POND")
    assert str(season) in text(ha, "/plots/desk/seasons/", q="nuong tren")
    assert str(season) not in text(ha, "/plots/desk/seasons/", state="CLOSED")
    rows = text(ha, "/plots/desk/seasons/", format="csv").strip().splitlines()
    assert len(rows) == 2
    assert "1000,VietGAP" in rows[1]
    assert ",6000," in rows[1]


def test_lists_ask_a_fixed_number_of_questions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        plot = make_plot(household_id=cast.household, name=f"Nương {number}")
        make_season(plot_id=plot, organisation_id=cast.cooperative)
    ha = cast.client("ha")
    for path in ("/plots/desk/", "/plots/desk/seasons/"):
        with django_assert_max_num_queries(16):
            ha.get(path)
    an = cast.client("an")
    with django_assert_max_num_queries(16):
        an.get("/plots/")


def pages(cast: Cast) -> tuple[dict[str, Any], dict[str, Any]]:
    plot = make_plot(household_id=cast.household, village_id=cast.village)
    season: UUID = make_season(plot_id=plot, organisation_id=cast.cooperative)
    phone = [
        "/plots/", "/plots/new/", f"/plots/{plot}/", f"/plots/{plot}/details/", f"/plots/{plot}/seasons/new/",
        f"/plots/seasons/{season}/", f"/plots/seasons/{season}/details/", f"/plots/seasons/{season}/closing/",
    ]  # fmt: skip
    an, ha = cast.client("an"), cast.client("ha")
    desk = ["/plots/desk/", "/plots/desk/seasons/"]
    return {path: an.get(path) for path in phone}, {path: ha.get(path) for path in desk}


def test_screens_in_a_real_browser(cast: Cast) -> None:
    phone, desk = pages(cast)
    assert faults_on_screen(phone, widths=(360,)) == []
    assert faults_on_screen(desk, widths=(360, 1280)) == []


def test_form_pages_weigh_at_most_8_kb(cast: Cast) -> None:
    phone, _desk = pages(cast)
    weights = {path: len(gzip.compress(answer.content)) for path, answer in phone.items()}
    assert max(weights.values()) < 8 * 1024, weights
