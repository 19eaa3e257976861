"""The screens of places, as a browser gets them."""

import csv
import io
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from langso.community.places import boundaries, queries
from langso.kernel.access.actors import system
from tests.cast import Cast

pytestmark = pytest.mark.django_db

FILES = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "boundaries"


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_an_old_address_is_answered_on_the_page(client) -> None:
    page = client.get("/places/old-address/", {"address": "xa binh lu, huyen tam duong, tinh lai chau"})
    assert "Xã Bình Lư, tỉnh Lai Châu" in text_of(page)
    assert "03390" in text_of(page)


def test_a_split_commune_is_asked_about_on_the_page(client) -> None:
    page = text_of(client.get("/places/old-address/", {"address": "phường Cống Vị, quận Ba Đình, Hà Nội"}))
    assert "Phường Ngọc Hà" in page
    assert "Phường Giảng Võ" in page


@pytest.mark.parametrize(
    "address",
    ["", "x" * 301, "<script>alert(1)</script>", "\x00", "huyện Tam Đường, Lai Châu", "Phường Hồng Hà, Hà Nội"],
)
def test_whatever_is_typed_gets_a_page(client, address: str) -> None:
    page = client.get(f"/places/old-address/?address={quote(address)}")
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


def test_the_desks_list_searches_without_marks_and_shows_a_day(cast: Cast) -> None:
    dung = cast.client("dung")
    page = text_of(dung.get("/places/units/", {"q": "binh lu", "province_code": "12"}))
    assert "Xã Bình Lư" in page
    assert "Xã Bản Bo" not in page
    then = dung.get("/places/units/", {"format": "csv", "q": "26170", "on": "2026-04-29"})
    now = dung.get("/places/units/", {"format": "csv", "q": "26170"})
    names = [
        [row[1] for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))][1:] for answer in (then, now)
    ]
    assert names == [["Xã Trị An"], ["Phường Trị An"]]


def test_the_lists_file_of_a_province_holds_each_of_its_units_once(cast: Cast) -> None:
    answer = cast.client("dung").get("/places/units/", {"format": "csv", "province_code": "12"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 1 + 38
    assert {row[0][:2] for row in rows[1:] if len(row[0]) == 2} == {"12"}


def test_an_officer_enters_a_list_renames_and_merges(cast: Cast) -> None:
    dung = cast.client("dung")
    dung.post("/places/villages/pasted/", {"usual_kind": "BAN", "pasted": "1. Nà Đon\n2. Nà Hum\nBản 1"})
    villages = {card.name: card.id for card in queries.villages(system("03390"))}
    assert set(villages) == {"Bản 1", "Bản Nà Đon", "Bản Nà Hum"}
    form = {"name": "Bản Nà Đon 2", "kind": "BAN", "order": "7", "population_note": "120 hộ"}
    dung.post(f"/places/villages/{villages['Bản Nà Đon']}/revision/", form)
    page = text_of(dung.get(f"/places/villages/{villages['Bản Nà Đon']}/"))
    assert "Bản Nà Đon 2" in page
    assert "120 hộ" in page
    dung.post(f"/places/villages/{villages['Bản Nà Hum']}/merger/", {"into": str(villages["Bản Nà Đon"])})
    merged = text_of(dung.get(f"/places/villages/{villages['Bản Nà Hum']}/"))
    assert f"/places/villages/{villages['Bản Nà Đon']}/" in merged
    assert "/merger/" not in merged


def test_a_refused_name_stays_in_the_form_with_its_reason(cast: Cast) -> None:
    page = cast.client("dung").post(
        "/places/villages/new/", {"name": "Bản 1", "kind": "BAN", "order": "", "population_note": ""}
    )
    assert page.status_code == 422
    assert 'value="Bản 1"' in page.content.decode()


def test_a_commune_without_boundaries_shows_none_and_says_so(cast: Cast) -> None:
    assert "<path" not in text_of(cast.client("dung").get("/places/communes/03390/"))
    assert "import-boundaries" in text_of(cast.client("dung").get("/places/boundaries/"))


@pytest.mark.skipif(not FILES.is_dir(), reason="the boundary files to import are not on this machine")
def test_an_imported_outline_is_shown_with_its_source(cast: Cast, client) -> None:
    source = {"version": "bản 2026-08", "legal_basis": "Nghị quyết 202/2025/QH15", "valid_from": date(2026, 4, 30)}
    boundaries.import_file(FILES / "per-province" / "12.topojson", **source)
    for page in (
        text_of(client.get("/places/communes/03390/")),
        text_of(cast.client("dung").get("/places/boundaries/")),
    ):
        assert '<path d="M' in page
        assert "bản 2026-08" in page
        assert "Nghị quyết 202/2025/QH15" in page


def test_json_of_villages_is_this_communes(cast: Cast, client) -> None:
    answer = client.get("/api/places/villages").json()
    assert answer["commune"] == "03390"
    assert [village["name"] for village in answer["items"]] == ["Bản 1"]
    assert cast.client("lan").get("/api/places/villages").json() == {"commune": "03405", "items": []}


def test_json_of_an_old_address(client) -> None:
    answer = client.get("/api/places/old-address", {"text": "xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu"}).json()
    assert (answer["finding"], answer["answer"]["code"]) == ("ONE", "03390")
    split = client.get("/api/places/old-address", {"text": "phường Cống Vị, quận Ba Đình, Hà Nội"}).json()
    assert (split["finding"], split["answer"]) == ("SPLIT", None)
    assert [successor["unit"]["code"] for successor in split["former"][0]["successors"]] == ["00008", "00025"]


def test_json_of_units_takes_a_day(client) -> None:
    assert len(client.get("/api/places/provinces").json()["items"]) == 34
    assert len(client.get("/api/places/provinces?on=2025-06-30").json()["items"]) == 63
    assert client.get("/api/places/communes?province=1").status_code == 422
