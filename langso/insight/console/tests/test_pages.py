"""The province's console as its readers meet it: the list, the map, one commune, an alarm that somebody knows of."""

import csv
import io
import math
from datetime import date, timedelta
from html import unescape

import pytest
from pytest_django.fixtures import Settings

from langso.community.places import services as places
from langso.community.places.queries import communes_of
from langso.community.places.services import BoundaryFile
from langso.insight.console.desk import work_queues
from langso.insight.console.models import KnownAlarm
from langso.insight.console.queries import commune_state
from langso.insight.console.tests.province import PROVINCE, Province, make_province
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.journal.models import Entry
from langso.kernel.link import invitations
from langso.kernel.link.models import Node, Report, Uplink
from langso.kernel.link.testing import make_box
from langso.kernel.ui.testing import faults_on_screen
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hub(settings: Settings) -> None:
    settings.ROLE = "hub"


@pytest.fixture
def province(cast: Cast) -> Province:
    return make_province()


def page(cast: Cast, address: str, language: str = "en", who: str = "minh") -> str:
    answer = cast.client(who).get(address, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return unescape(answer.content.decode())


def as_csv(cast: Cast, query: str = "") -> list[dict[str, str]]:
    text = page(cast, f"/console/?format=csv{query}")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def named(code: str) -> str:
    return next(unit.full_name for unit in communes_of(PROVINCE) if unit.code == code)


def draw_boundaries(*, points: int = 8) -> None:
    """Import a rough circle for each commune of the province, beside each other."""
    features = []
    for place, unit in enumerate(communes_of(PROVINCE)):
        x, y = 102.3 + place % 8 * 0.2, 22.7 - place // 8 * 0.2
        ring = [
            [
                round(x + 0.1 * math.cos(turn) * (1 + 0.1 * math.sin(9 * turn)), 5),
                round(y + 0.1 * math.sin(turn), 5),
            ]
            for turn in (2 * math.pi * number / points for number in range(points))
        ]
        geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        features.append({"type": "Feature", "properties": {"code": unit.code}, "geometry": geometry})
    content = str({"type": "FeatureCollection", "features": features}).replace("'", '"').encode()
    places.import_boundaries(
        system(), file=BoundaryFile("tinh.json", content), version="thử", legal_basis="Nghị quyết 202/2025/QH15",
        valid_from=date(2026, 4, 30),
    )  # fmt: skip


def test_the_list_shows_every_commune_with_its_box_the_worst_first(cast: Cast, province: Province) -> None:
    rows = as_csv(cast)
    assert len(rows) == len(communes_of(PROVINCE))
    by_code = {row["Code"]: row for row in rows}
    assert [row["State"] for row in rows[:3]] == ["danger"] * 3
    assert rows[-1]["State"] == "no box yet"
    unwell = by_code[province.unwell]
    assert unwell["State of the link"].startswith("link up since ")
    assert (unwell["Disk free, percent"], unwell["Clock off, seconds"], unwell["Parked"]) == ("6", "-900", "3")
    assert (unwell["Backup, hours"], unwell["Program"]) == ("96", "1.0")
    for alarm in (
        "Disk low: 6 % free",
        "Backup old: 4 days old",
        "Clock off: 15 minutes slow",
        "Quarantine: 2 entries",
    ):
        assert alarm in unwell["Alarms"]
    assert by_code[province.lost]["Alarms"] == "Silent box: nothing for 9 days"
    assert by_code[province.lagging]["On the way"].startswith("12800 entries; here up to ")
    assert by_code[province.away]["State"] == "not heard of just now"
    assert by_code[province.quiet]["Alarms"] == ""
    assert by_code["03390"]["State of the link"] == "kept at the hub"


def test_the_list_is_searched_filtered_and_sorted(cast: Cast, province: Province) -> None:
    assert [row["Code"] for row in as_csv(cast, "&link=STOPPED")] == [province.forked]
    assert {row["Code"] for row in as_csv(cast, "&alarm=SILENT")} == {province.silent, province.lost}
    alarmed = {row["Code"] for row in as_csv(cast, "&alarm=OPEN")}
    assert alarmed == set(province.nodes) - {province.quiet, province.away}
    assert [row["Code"] for row in as_csv(cast, "&alarm=KNOWN")] == []
    assert as_csv(cast, "&sort=-lag")[0]["Code"] == province.lagging
    assert as_csv(cast, "&sort=disk")[0]["Code"] == province.unwell
    assert as_csv(cast, "&sort=-clock")[0]["Code"] == province.unwell
    names = [row["Commune"] for row in as_csv(cast, "&sort=name")]
    assert names == [unit.full_name for unit in communes_of(PROVINCE)]
    assert [row["Commune"] for row in as_csv(cast, "&q=binh lu")] == ["Xã Bình Lư"]
    assert as_csv(cast, "&link=NOISE") == []
    assert "Nothing found" in page(cast, "/console/?q=khongcoxanao")


def test_a_commune_that_was_invited_says_so(cast: Cast) -> None:
    code = next(unit.code for unit in communes_of(PROVINCE) if unit.code != "03390")
    assert "This commune has not joined" in page(cast, f"/console/{code}/")
    invitations.invite(system(), commune=code)
    assert {row["State of the link"] for row in as_csv(cast, "&link=INVITED")} == {"invited"}
    assert "Invited, not joined yet" in page(cast, f"/console/{code}/")


def test_without_boundaries_the_map_is_tiles_by_letter_and_says_why(cast: Cast, province: Province) -> None:
    shown = page(cast, "/console/map/")
    assert "No boundaries were imported" in shown
    assert '<svg viewBox="0 0' not in shown.partition('class="commune-tiles"')[2].partition("<use")[0]
    for unit in communes_of(PROVINCE):
        assert f'href="/console/{unit.code}/"' in shown
    assert shown.index("<h2>D</h2>") < shown.index("<h2>Đ</h2>") < shown.index("<h2>H</h2>")


def test_the_map_says_each_commune_by_colour_sign_and_words(cast: Cast, province: Province) -> None:
    draw_boundaries()
    shown = page(cast, "/console/map/")
    assert shown.count('class="map-unit ') == len(communes_of(PROVINCE))
    for code, level, words in (
        (province.lost, "danger", "Silent box: nothing for 9 days."),
        (province.unwell, "warning", "Disk low: 6 % free."),
        (province.quiet, "ok", "link up since "),
    ):
        link = shown.partition(f'<a href="/console/{code}/" class="map-unit {level}"')[2].partition("</a>")[0]
        assert f"<title>{named(code)}: " in link
        assert words in link
    assert shown.count('class="map-sign danger"') == 3
    assert "For reference, not a legal boundary" in shown
    needs = shown.partition("Who needs somebody")[2]
    assert needs.index(named(province.lost)) < needs.index(named(province.silent))


def test_the_map_of_a_finely_drawn_province_stays_below_150_kilobytes(cast: Cast, province: Province) -> None:
    draw_boundaries(points=3000)
    assert len(page(cast, "/console/map/").encode()) < 150_000


def test_the_page_of_a_commune_says_what_is_wrong_and_what_to_do(cast: Cast, province: Province) -> None:
    shown = page(cast, f"/console/{province.unwell}/")
    for words in (
        "Disk low: 6 % free", "free the disk", "Backup old: 4 days old", "langso backup", "Clock off: 15 minutes slow",
        "Parked entries: 3 entries", "Entries a day, the last 30 days", "box-" + province.unwell,
    ):  # fmt: skip
        assert words in shown, words
    assert shown.count("<rect") == 24
    forked = page(cast, f"/console/{province.forked}/", "vi")
    assert "Hai máy dùng chung một danh tính" in forked
    assert "langso link replace" in forked
    assert "No alarm." in page(cast, f"/console/{province.quiet}/")


def test_days_are_a_table_and_a_file(cast: Cast, province: Province) -> None:
    text = page(cast, f"/console/{province.unwell}/days/?format=csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 12
    assert rows[0]["Day"] > rows[-1]["Day"]
    assert (rows[0]["Entries"], rows[0]["Parked"], rows[0]["Database, MB"]) == ("40", "3", "64")
    assert "Nothing has travelled yet" in page(cast, "/console/03390/days/")


def acknowledge(cast: Cast, code: str, kind: str, grade: int, reason: str) -> int:
    body = {"grade": str(grade), "reason": reason}
    return int(cast.client("minh").post(f"/console/{code}/alarms/{kind}/", body).status_code)


def counted(cast: Cast) -> tuple[int, int]:
    (queue,) = work_queues(cast.actor("minh"))
    return queue.waiting, queue.late


def test_a_known_alarm_is_quiet_on_the_desk_and_comes_back_when_it_gets_worse(cast: Cast, province: Province) -> None:
    before = counted(cast)
    assert before == (11, 3)
    alarms = {card.kind.value: card.alarm for card in commune_state(cast.actor("minh"), code=province.unwell).alarms}
    assert acknowledge(cast, province.unwell, "PARKED", alarms["PARKED"].grade, "Bản sửa lỗi sẽ cài thứ Sáu") == 302
    assert counted(cast) == (10, 3)
    entry = Entry.objects.get(kind="insight.console.alarm_acknowledged.v1")
    assert (entry.reason, entry.body["kind"]) == ("Bản sửa lỗi sẽ cài thứ Sáu", "PARKED")
    assert entry.body["commune"] == province.unwell
    shown = page(cast, f"/console/{province.unwell}/")
    assert "Bản sửa lỗi sẽ cài thứ Sáu" in shown
    assert "Known: Bùi Văn Minh" in shown
    assert "Parked entries: 3 entries (known)" in as_csv(cast, "&alarm=KNOWN")[0]["Alarms"]

    report = Report.objects.get(pk=province.nodes[province.unwell])
    report.state["parked"] = 4
    report.save()
    assert counted(cast) == (11, 3)
    KnownAlarm.objects.update(grade=4)
    assert counted(cast) == (10, 3)
    KnownAlarm.objects.update(noted_at=clock.now() - timedelta(days=8))
    assert counted(cast) == (11, 3)


def test_what_got_worse_while_the_page_was_open_is_not_acknowledged(cast: Cast, province: Province) -> None:
    assert acknowledge(cast, province.unwell, "PARKED", 2, "Đã biết") == 302
    assert KnownAlarm.objects.get().grade == 2
    assert counted(cast) == (11, 3)


def test_an_alarm_that_is_over_cannot_be_acknowledged(cast: Cast, province: Province) -> None:
    Node.objects.filter(pk=province.nodes[province.silent]).update(seen_at=clock.now())
    assert acknowledge(cast, province.silent, "SILENT", 0, "Mất điện") == 409
    assert not KnownAlarm.objects.exists()


def test_the_limits_of_the_settings_decide(cast: Cast, settings: Settings) -> None:
    code = communes_of(PROVINCE)[0].code
    make_box(code, silent_hours=5)
    assert counted(cast) == (0, 0)
    settings.ALARM_SILENT_HOURS = 4
    assert counted(cast) == (1, 0)


def test_no_fault_on_any_screen_of_the_console(cast: Cast, province: Province, settings: Settings) -> None:
    answers = {"/tiles/": cast.client("minh").get("/console/map/")}
    draw_boundaries()
    for address in (
        "/console/", "/console/map/", f"/console/{province.unwell}/", f"/console/{province.quiet}/",
        f"/console/{province.quiet}/days/", "/desk/",
    ):  # fmt: skip
        answers[address] = cast.client("minh").get(address)
    settings.ROLE = "commune"
    now = clock.now()
    Uplink.objects.create(url="https://hub.example", hub="hub", hub_key=bytes(32), joined_at=now, failing_since_at=now)
    answers["/desk-at-a-box/"] = cast.client("dung").get("/desk/")
    assert "link-line warning" in answers["/desk-at-a-box/"].content.decode()
    assert faults_on_screen(answers) == []
