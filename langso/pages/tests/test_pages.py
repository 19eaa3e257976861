"""The start pages: who finds what there, in both languages, at what weight, and how they stand in a browser."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from langso.community.organisations import services
from langso.community.organisations.testing import make_organisation
from langso.farm.diary.testing import make_entry
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.scope import commune_scope
from langso.kernel.ui.navigation import domains, ways
from langso.kernel.ui.testing import faults_on_screen, on_screen
from langso.trade.products.testing import make_product
from tests.cast import ELSEWHERE, Cast

pytestmark = pytest.mark.django_db

BUILT = Path(settings.REPOSITORY) / "build" / "static"
KILOBYTE = 1024


def test_every_menu_entry_leads_somewhere() -> None:
    entries = [entry for config in domains() for entry in config.nav]
    assert len(entries) > 5
    for entry in entries:
        assert reverse(entry.url_name).startswith("/")
        assert entry.roles, f"{entry.url_name}: open to nobody"
        assert entry.place in ("home", "desk")


@pytest.mark.parametrize("who", ["an", "dung", "giang", "ha", "khanh", "minh", "oanh"])
def test_whoever_sees_a_way_may_go_it(cast: Cast, who: str) -> None:
    actor = cast.actor(who)
    client = cast.client(who)
    for place in ("home", "desk"):
        for way in ways(actor, place=place):
            answer = client.get(way.url)
            assert answer.status_code in (200, 302), f"{who} sees {way.url}, which answers {answer.status_code}"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_home_greets_and_shows_what_the_role_does(cast: Cast, language: str) -> None:
    page = cast.client("an").get("/home/", headers={"Accept-Language": language}).content.decode()
    assert ("Chào Lò Văn An" if language == "vi" else "Hello, Lò Văn An") in page
    assert 2 <= page.count('class="tile"') <= 8
    assert 'href="/desk/"' not in page
    assert 'href="/desk/"' in cast.client("dung").get("/home/").content.decode()


def test_commune_shows_what_it_offers_and_nothing_else(cast: Cast) -> None:
    make_product(organisation_id=cast.cooperative, name="Miến dong")
    make_product(organisation_id=cast.cooperative, name="Chưa xong", published=False)
    with commune_scope(ELSEWHERE):
        make_product(organisation_id=make_organisation(), name="Chè nơi khác")
    page = cast.client("nobody").get("/").content.decode()
    assert "Miến dong" in page
    assert "Hợp tác xã miến dong" in page
    assert "Chưa xong" not in page
    assert "Chè nơi khác" not in page


def test_home_shows_what_the_household_wrote_last(cast: Cast) -> None:
    season = make_season(plot_id=make_plot(household_id=cast.household))
    make_entry(season_id=season, activity="WATERING", on_date=clock.today() - timedelta(days=9))
    make_entry(season_id=season, activity="WEEDING")
    mine = cast.client("binh").get("/home/").content.decode()
    assert mine.index("Làm cỏ") < mine.index("Tưới nước")
    assert "Làm cỏ" not in cast.client("chi").get("/home/").content.decode()


def test_home_is_the_residents_while_a_helper_acts_for_them(cast: Cast) -> None:
    browser = cast.client("giang")
    assert 'href="/desk/"' in browser.get("/home/").content.decode()
    browser.post("/assist/", {"person_id": cast.person("chi")})
    page = browser.get("/home/").content.decode()
    assert "Chào Vàng Thị Chi" in page
    assert 'href="/desk/"' not in page
    assert 'action="/assist/end/"' in page
    assert browser.get("/desk/").status_code == 403


@pytest.mark.parametrize("who", ["an", "chi", "dung", "giang", "ha", "khanh"])
def test_home_has_six_to_eight_pictures(cast: Cast, who: str) -> None:
    shown = cast.client(who).get("/home/").content.decode().count('class="tile"')
    assert 6 <= shown <= 8


def test_home_is_light(cast: Cast) -> None:
    answer = cast.client("an").get("/home/")
    built = [(BUILT / name).read_bytes() for name in ("resident.css", "resident-script.js", "icons.svg")]
    weight = sum(len(gzip.compress(part, 9)) for part in (answer.content, *built))
    assert weight <= 25 * KILOBYTE
    assert len(gzip.compress(answer.content, 9)) <= 5 * KILOBYTE


def test_desk_marks_where_one_stands(cast: Cast) -> None:
    page = cast.client("dung").get("/desk/").content.decode()
    assert page.count('aria-current="page"') == 1


def test_help_shows_the_communes_numbers_and_the_nations(cast: Cast) -> None:
    services.found_organisation(system("03390"), kind="HEALTH_STATION", name="Trạm y tế xã", phone="0987654321")
    page = cast.client("nobody").get("/help/").content.decode()
    assert "Trạm y tế xã" in page
    assert 'href="tel:+84987654321"' in page
    assert "0987 654 321" in page
    for number in ("111", "112", "113", "114", "115"):
        assert f'href="tel:{number}"' in page


@pytest.mark.journey
def test_no_fault_on_any_start_page(cast: Cast) -> None:
    pages = {"/": "nobody", "/help/": "nobody", "/home/": "an", "/desk/": "dung"}
    answers = {
        f"{path}?language={language}": cast.client(who).get(path, headers={"Accept-Language": language})
        for path, who in pages.items()
        for language in ("vi", "en")
    }
    assert faults_on_screen(answers) == []


@pytest.mark.journey
def test_desk_is_quick_by_keyboard_and_folds_on_a_phone(cast: Cast) -> None:
    answer = cast.client("dung").get("/places/villages/")
    with on_screen(answer, width=1280) as page:
        assert page.locator(".desk-menu nav").is_visible()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("a/b")
        assert page.locator("input[type=search]").input_value() == "a/b"
    with on_screen(answer) as page:
        assert not page.locator(".desk-menu nav").is_visible()
        page.locator(".desk-menu summary").click()
        assert page.locator(".desk-menu nav").is_visible()
    with on_screen(answer, javascript=False) as page:
        assert page.locator(".desk-menu nav").is_visible()
