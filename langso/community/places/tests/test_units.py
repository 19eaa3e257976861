"""The units of Viet Nam: complete, dated, as the lists say."""

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from langso.community.places import queries
from langso.community.places.models import AdminUnit, Succession
from langso.community.places.rules.names import matching_key, without_marks
from langso.community.places.rules.seed_text import KINDS, BadSeed, read_units
from langso.community.places.testing import seed_units
from langso.kernel.access.sources import SOURCES
from langso.kernel.errors import NotHere

LISTS = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "admin-units"
with_lists = pytest.mark.skipif(not LISTS.is_dir(), reason="the lists of units to compare with are not on this machine")
TODAY, FIRST_DAY = date(2026, 11, 21), date(2025, 7, 1)
VIETNAMESE = {
    "PROVINCE": "Tỉnh",
    "CITY": "Thành phố",
    "COMMUNE": "Xã",
    "WARD": "Phường",
    "SPECIAL_ZONE": "Đặc khu",
}
OWN_ENGLISH = {"20333": "Hoang Sa", "22736": "Truong Sa"}

pytestmark = pytest.mark.django_db


def rows_of(name: str) -> list[dict[str, str]]:
    with (LISTS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def counted(day: date) -> dict[str, int]:
    return dict(Counter(AdminUnit.objects.on(day).values_list("kind", flat=True)))


def test_todays_counts() -> None:
    assert counted(TODAY) == {"PROVINCE": 27, "CITY": 7, "COMMUNE": 2611, "WARD": 697, "SPECIAL_ZONE": 13}


def test_counts_before_dong_nai_became_a_city() -> None:
    expected = {"PROVINCE": 28, "CITY": 6, "COMMUNE": 2621, "WARD": 687, "SPECIAL_ZONE": 13}
    assert counted(FIRST_DAY) == counted(date(2026, 4, 29)) == expected


def test_counts_of_the_three_tiers() -> None:
    levels = Counter(AdminUnit.objects.on(date(2025, 6, 30)).values_list("level", flat=True))
    assert levels == {"PROVINCE": 63, "DISTRICT": 696, "COMMUNE": 10035}


@with_lists
def test_todays_units_are_those_of_the_list() -> None:
    listed = rows_of("admin-units.csv")
    assert len(listed) == 34 + 3321
    expected = {
        row["code"]: (
            row["level"],
            row["name"],
            OWN_ENGLISH.get(row["code"], row["name_en"]),
            row["kind"],
            row["province_code"],
        )
        for row in listed
    }
    ours = {
        unit.code: (unit.level.lower(), unit.name, unit.name_en, VIETNAMESE[unit.kind], unit.province_code)
        for unit in AdminUnit.objects.on(TODAY)
    }
    assert ours == expected


@with_lists
def test_old_units_lead_where_the_crosswalk_says() -> None:
    listed = rows_of("crosswalk-2025.csv")
    assert len(listed) == 10602
    expected, likeliest = defaultdict(set), {}
    for row in listed:
        old = row["old_code"] or row["old_district_code"]
        expected[old].add((row["new_code"], row["relation"].upper()))
        if row["is_default"] == "1":
            likeliest[old] = row["new_code"]
    ours, our_likeliest = defaultdict(set), {}
    former = Succession.objects.filter(former__valid_to=FIRST_DAY).exclude(former__level="PROVINCE")
    for row in former.select_related("former", "successor"):
        ours[row.former.code].add((row.successor.code, row.relation))
        if row.is_likeliest:
            our_likeliest[row.former.code] = row.successor.code
    assert ours == expected
    assert our_likeliest == likeliest
    assert {unit for units in ours.values() for unit, _ in units} == set(
        AdminUnit.objects.on(FIRST_DAY).filter(level="COMMUNE").values_list("code", flat=True)
    )


@with_lists
def test_old_units_have_the_names_and_places_of_the_crosswalk() -> None:
    expected = {
        row["old_code"]: (row["old_name"].lower(), row["old_district_code"], row["old_province_code"])
        for row in rows_of("crosswalk-2025.csv")
        if row["old_code"]
    }
    ours = {
        unit.code: (unit.full_name.lower(), unit.parent_code, unit.province_code)
        for unit in AdminUnit.objects.on(date(2025, 6, 30)).filter(level="COMMUNE")
    }
    assert len(ours) == 10035
    assert ours == expected


@with_lists
def test_every_old_address_is_found_again() -> None:
    rows = [row for row in rows_of("crosswalk-2025.csv") if row["old_code"]][::331]
    assert len(rows) == 33
    for row in rows:
        found = queries.units_of_old_address(f"{row['old_name']}, {row['old_district']}, {row['old_province']}")
        (former,) = found.former
        assert former.unit.code == row["old_code"]
        assert (found.answer is not None) == (row["relation"] == "whole")


def test_a_reused_code_is_another_unit_on_another_day() -> None:
    assert queries.commune_card("00004", on_date=date(2025, 6, 30)).full_name == "Phường Trúc Bạch"
    assert queries.commune_card("00004", on_date=FIRST_DAY).full_name == "Phường Ba Đình"
    assert queries.province_card("45", on_date=date(2025, 6, 30)).full_name == "Tỉnh Quảng Trị"
    with pytest.raises(NotHere):
        queries.province_card("45", on_date=FIRST_DAY)


def test_the_same_code_changed_its_kind_on_one_day() -> None:
    before, after = date(2026, 4, 29), date(2026, 4, 30)
    assert queries.commune_card("26170", on_date=before).with_province == "Xã Trị An, tỉnh Đồng Nai"
    assert queries.commune_card("26170", on_date=after).with_province == "Phường Trị An, thành phố Đồng Nai"
    assert queries.commune_card("26173", on_date=after).province_name == "thành phố Đồng Nai"
    assert queries.province_card("75", on_date=before).valid_to == after


def test_a_unit_before_the_list_begins_is_not_here() -> None:
    with pytest.raises(NotHere):
        queries.commune_card("00004", on_date=date(2019, 1, 1))


@pytest.mark.parametrize("code", ["", "99999", "3390", "03390x", "12", "Bình Lư"])
def test_what_is_no_communes_code_is_not_here(code: str) -> None:
    with pytest.raises(NotHere):
        queries.commune_card(code)


def test_a_communes_card() -> None:
    card = queries.commune_card("03390")
    assert (card.full_name, card.name_en, card.province_code, card.province_name) == (
        "Xã Bình Lư",
        "Binh Lu",
        "12",
        "tỉnh Lai Châu",
    )
    assert (card.valid_from, card.valid_to) == (FIRST_DAY, None)


def test_communes_of_a_province_in_the_order_of_the_alphabet() -> None:
    cards = queries.communes_of("12")
    assert len(cards) == 38
    names = [card.name for card in cards]
    assert names.index("Bản Bo") < names.index("Bình Lư") < names.index("Bum Nưa")
    assert len(queries.provinces()) == 34
    assert queries.communes_of("99") == []


def test_the_kernel_knows_the_commune() -> None:
    known = SOURCES.places.commune("03390")
    assert (known.name, known.province) == ("xã Bình Lư", "12")
    assert SOURCES.places.commune("99999") is None
    assert [commune.code for commune in SOURCES.places.communes_here("12")] == ["03390"]


def test_loading_again_adds_nothing_and_mends_what_is_missing() -> None:
    assert seed_units() == 0
    AdminUnit.objects.filter(code="03390").delete()
    assert seed_units() == 2
    assert queries.commune_card("03390").full_name == "Xã Bình Lư"
    (successor,) = queries.successors_of("03412", on_date=date(2025, 1, 1))
    assert successor.unit.code == "03390"


def test_keys_of_names() -> None:
    assert matching_key("N'Thol Hạ") == matching_key("n thol ha") == "ntholha"
    assert matching_key("Hoà Thuỷ") == matching_key("Hòa Thủy") == "hoathuy"
    assert matching_key("01") == matching_key("1") == "1"
    assert matching_key("0") == "0"
    assert without_marks("Đắk D'rông") == "Dak D'rong"


@pytest.mark.parametrize(
    "line",
    [
        "12 T Lai Châu",
        "@ 2025-13-01",
        "@",
        "@ 2025-07-01\n12 Z Lai Châu",
        "@ 2025-07-01\nxx T Lai Châu",
        "@ 2025-07-01\n12 T",
    ],
)
def test_a_broken_seed_line_is_refused_with_its_text(line: str) -> None:
    with pytest.raises(BadSeed):
        list(read_units(line.splitlines(), kinds=KINDS))
