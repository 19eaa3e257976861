"""Addresses on old paper, and what they are today."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import override

from langso.community.places import queries
from langso.community.places.queries import Finding
from langso.community.places.rules.addresses import marked_form, words_of
from langso.kernel.errors import NotHere

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu", "03390"),
        ("XÃ BÌNH LƯ, HUYỆN TAM ĐƯỜNG, TỈNH LAI CHÂU", "03390"),
        ("xa binh lu, huyen tam duong, tinh lai chau", "03390"),
        ("Bản Nà Đon, xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu, Việt Nam", "03390"),
        ("bản Nà Đon xã Bình Lư huyện Tam Đường tỉnh Lai Châu", "03390"),
        ("X. Bình Lư, H. Tam Đường, T. Lai Châu", "03390"),
        ("Bình Lư, Tam Đường, Lai Châu", "03390"),
        ("Bình Lư - Tam Đường - Lai Châu", "03390"),
        ("Bình Lư Tam Đường Lai Châu", "03390"),
        ("Bình Lư, Lai Châu", "03390"),
        ("xã Bình Lư", "03390"),
        ("Phường Trúc Bạch, Quận Ba Đình, Hà Nội", "00004"),
        ("P. Trúc Bạch, Q. Ba Đình, TP. Hà Nội", "00004"),
        ("thị trấn D'Ran, huyện Đơn Dương, Lâm Đồng", "24934"),
        ("Thị trấn DRan, Đơn Dương, Lâm Đồng", "24934"),
        ("xã Vinh Hưng, huyện Phú Lộc, tỉnh Thừa Thiên Huế", "20122"),
        ("huyện Lý Sơn, tỉnh Quảng Ngãi", "21548"),
        ("huyện Hoàng Sa, Đà Nẵng", "20333"),
    ],
)
def test_one_unit_answers(address: str, code: str) -> None:
    found = queries.units_of_old_address(address)
    assert found.finding == Finding.ONE
    assert found.answer is not None
    assert found.answer.code == code


def test_both_places_of_the_tone_mark_are_the_same_name() -> None:
    for written in ("Hòa Bình", "Hoà Bình", "hoa binh", "HOÀ BÌNH"):
        found = queries.units_of_old_address(f"phường Thái Bình, thành phố {written}, tỉnh {written}")
        assert [unit.in_full for unit in found.former] == ["Phường Thái Bình, Thành phố Hòa Bình, tỉnh Hòa Bình"]
    assert marked_form("Hoà Thuỷ") == marked_form("hòa  thủy") != marked_form("Hoa Thuy")


def test_a_split_commune_asks_and_never_chooses() -> None:
    found = queries.units_of_old_address("phường Cống Vị, quận Ba Đình, Hà Nội")
    assert (found.finding, found.answer) == (Finding.SPLIT, None)
    (former,) = found.former
    assert [(successor.unit.code, successor.whole) for successor in former.successors] == [
        ("00008", False),
        ("00025", False),
    ]
    assert [successor.is_likeliest for successor in former.successors] == [True, False]


def test_a_name_that_several_communes_had_asks_which() -> None:
    found = queries.units_of_old_address("xã Tân Thành")
    assert (found.finding, found.answer) == (Finding.SEVERAL, None)
    assert len({former.unit.province_code for former in found.former}) > 5


def test_the_marks_as_typed_decide_between_neighbours() -> None:
    for typed, expected in (
        ("Phường Sa Pả, thị xã Sa Pa, Lào Cai", ["Phường Sa Pả"]),
        ("Phường Sa Pa, thị xã Sa Pa, Lào Cai", ["Phường Sa Pa"]),
        ("xã Hoằng Phụ, huyện Hoằng Hóa, Thanh Hoá", ["Xã Hoằng Phụ"]),
        ("xa hoang phu, huyen hoang hoa, thanh hoa", ["Xã Hoằng Phú", "Xã Hoằng Phụ"]),
    ):
        found = queries.units_of_old_address(typed)
        assert sorted(former.unit.full_name for former in found.former) == expected


def test_the_kind_as_typed_decides_between_a_commune_and_its_town() -> None:
    found = queries.units_of_old_address("thị trấn Yên Viên, huyện Gia Lâm, Hà Nội")
    assert [former.unit.full_name for former in found.former] == ["Thị trấn Yên Viên"]
    unsaid = queries.units_of_old_address("Yên Viên, huyện Gia Lâm, Hà Nội")
    assert sorted(former.unit.full_name for former in unsaid.former) == ["Thị trấn Yên Viên", "Xã Yên Viên"]


def test_a_kind_that_has_changed_still_finds_the_name() -> None:
    found = queries.units_of_old_address("thị trấn Sa Pa, huyện Sa Pa, Lào Cai")
    assert found.answer is not None
    assert found.answer.full_name == "Phường Sa Pa"


def test_a_district_alone_offers_its_communes() -> None:
    found = queries.units_of_old_address("huyện Tam Đường, Lai Châu")
    assert (found.finding, found.answer) == (Finding.DISTRICT, None)
    assert "Xã Bình Lư" in [former.unit.full_name for former in found.former]
    assert {former.district_name for former in found.former} == {"Huyện Tam Đường"}


def test_a_town_with_its_districts_name_is_asked_about() -> None:
    found = queries.units_of_old_address("Than Uyên, Lai Châu")
    assert (found.finding, found.answer) == (Finding.DISTRICT, None)
    assert "Thị trấn Than Uyên" in [former.unit.full_name for former in found.former]
    assert len(found.former) > 5


def test_a_street_with_a_wards_name_is_no_ward() -> None:
    found = queries.units_of_old_address("12 đường Tân Phong, TP Lai Châu, Lai Châu")
    assert (found.finding, found.answer) == (Finding.DISTRICT, None)


def test_numbers_are_names_only_behind_their_kind() -> None:
    found = queries.units_of_old_address("P. 5, Q. 3, TP HCM")
    assert [former.unit.full_name for former in found.former] == ["Phường 5"]
    assert queries.units_of_old_address("5, Q. 3, TP HCM").finding == Finding.DISTRICT


def test_names_of_today_are_said_to_be_of_today() -> None:
    found = queries.units_of_old_address("phường Hồng Hà, Hà Nội")
    assert (found.finding, [unit.code for unit in found.today]) == (Finding.TODAY, ["00097"])


@pytest.mark.parametrize("address", ["", "  ,, ", "Việt Nam", "xã", "qwerty, asdf", "1 2 3", "-", "🙂", "a" * 5000])
def test_nonsense_is_unknown(address: str) -> None:
    assert queries.units_of_old_address(address).finding == Finding.UNKNOWN


def test_a_unit_that_changed_again_is_followed_to_today() -> None:
    address = "xã Trị An, huyện Vĩnh Cửu, tỉnh Đồng Nai"
    with time_machine.travel("2025-12-01T12:00+07:00", tick=False):
        assert queries.units_of_old_address(address).former[0].successors[0].unit.full_name == "Xã Trị An"
    with time_machine.travel("2026-11-21T12:00+07:00", tick=False):
        (successor,) = queries.units_of_old_address(address).former[0].successors
        assert (successor.unit.full_name, successor.whole) == ("Phường Trị An", True)


def test_an_old_code_needs_its_day() -> None:
    (successor,) = queries.successors_of("03412", on_date=date(2025, 3, 1))
    assert successor.unit.code == "03390"
    (itself,) = queries.successors_of("03390", on_date=date(2026, 1, 1))
    assert itself.unit.code == "03390"
    assert {unit.unit.name for unit in queries.successors_of("00004", on_date=date(2025, 6, 30))} == {"Ba Đình"}
    with pytest.raises(NotHere):
        queries.successors_of("03412", on_date=date(2026, 1, 1))


def test_an_address_costs_few_queries(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        queries.units_of_old_address("xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu")


def test_words_keep_commas_and_lose_viet_nam() -> None:
    with override("vi"):
        words = words_of("Xã Bình-Lư, H.Tam Đường; Việt Nam")
    assert [(word.folded, word.begins) for word in words] == [
        ("xa", True),
        ("binh", False),
        ("lu", False),
        ("h", True),
        ("tam", False),
        ("duong", False),
    ]
