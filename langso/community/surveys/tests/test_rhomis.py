"""Cleaning one cell at a time: mended with a word, or left unknown, or refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.community.surveys.rules import rhomis
from langso.community.surveys.rules.rhomis import PROVINCES, Unusable


@pytest.mark.parametrize(
    ("told", "code", "mended"),
    [
        ("dak_lak", "66", False),
        ("daklak", "66", True),
        ("daknong", "67", True),
        ("phu_binh", "19", True),
        ("dong_hy", "19", True),
        ("", None, False),
        ("ha_noi", None, True),
    ],
)
def test_places(told: str, code: str | None, mended: bool) -> None:
    read = rhomis.province(told)
    assert (read.value, read.mended is not None) == (code, mended)


@pytest.mark.parametrize(
    ("told", "unit", "mended"),
    [
        ("hectare", "HA", False),
        ("hectar", "HA", True),
        ("m2", "M2", False),
        ("mã£â©t vuã£â´ng", "M2", True),
        ("mã©t vuã´ng", "M2", True),
        ("sao", "SAO", False),
        ("xã£â\xa0o", "SAO", True),
        ("sã\xa0o", "SAO", True),
        ("", None, False),
        ("acre", None, True),
    ],
)
def test_units(told: str, unit: str | None, mended: bool) -> None:
    read = rhomis.land_unit(told)
    assert (read.value, read.mended is not None) == (unit, mended)


@pytest.mark.parametrize(("clean", "unit"), [("mét vuông", "M2"), ("sào", "SAO"), ("xào", "SAO")])
def test_the_damaged_units_are_what_damage_makes_of_them(clean: str, unit: str) -> None:
    once = clean.encode().decode("latin-1").lower()
    twice = once.encode().decode("latin-1").lower()
    assert {rhomis.land_unit(damaged).value for damaged in (once, twice)} - {None} == {unit}


@pytest.mark.parametrize(
    ("told", "unit", "province", "area"),
    [
        ("2", "HA", None, "2"),
        ("500", "M2", "19", "0.05"),
        ("3", "SAO", "19", "0.108"),
        ("3", "SAO", "64", "0.3"),
        ("3", "SAO", None, None),
        ("3", None, "19", None),
        ("8000", "HA", "14", None),
        ("1.2", "M2", "14", None),
        ("0", "M2", "14", "0"),
    ],
)
def test_land(told: str, unit: str | None, province: str | None, area: str | None) -> None:
    found, why_not = rhomis.land_ha(Decimal(told), unit, province)
    assert found == (None if area is None else Decimal(area))
    assert (why_not is not None) == (area is None and unit is not None)


@pytest.mark.parametrize(
    ("told", "bands", "count", "mended"),
    [
        ("4.0", "4", 4, False),
        ("4.0", "3", 4, True),
        ("", "3", 3, True),
        ("", "0", None, True),
        ("0.0", "0", None, True),
        ("5", "", 5, False),
        ("", "", None, False),
    ],
)
def test_people(told: str, bands: str, count: int | None, mended: bool) -> None:
    found, how = rhomis.people(rhomis.number(told), rhomis.number(bands))
    assert (found, how is not None) == (count, mended)


def test_who_controls_an_income_is_a_set() -> None:
    both, how = rhomis.control("male_adult female_adult")
    assert (both, how) == (("FEMALE_ADULT", "MALE_ADULT"), None)
    assert rhomis.control("female_adult male_adult")[0] == both
    assert rhomis.control("joint male_adult female_adult")[0] == both
    assert rhomis.control("")[0] is None
    for odd in ("malemale_youth", "male_adult stranger", "joint"):
        found, how = rhomis.control(odd)
        assert found is None
        assert how


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ("male_adult male_youth", "MEN"),
        ("female_elder_adult", "WOMEN"),
        ("male_elder_adult female_youth", "BOTH"),
        ("", "UNKNOWN"),
    ],
)
def test_by_gender(told: str, who: str) -> None:
    assert rhomis.by_gender(rhomis.control(told)[0]) == who


def test_the_food_score_needs_all_eight_answers() -> None:
    yes = dict.fromkeys(rhomis.FIES_QUESTIONS, True)
    assert rhomis.fies_score(yes) == 8
    assert rhomis.fies_score(yes | {"fies_3": False}) == 7
    assert rhomis.fies_score(yes | {"fies_3": None}) is None
    assert rhomis.fies_score({}) is None


def test_crops_have_one_name() -> None:
    assert {rhomis.crop(told).value for told in ("macca", "maccadamia")} == {"macadamia"}
    assert rhomis.crop("rice").mended is None
    assert rhomis.crop("rau").mended


def test_rounds_are_named_by_the_id() -> None:
    assert rhomis.round_of("vn_crp_2020_17_1", "2020") == ("vn_crp_2020", 2020)
    for household, year in (("vn_crp_2020_17_1", "2019"), ("17", "2020"), ("", ""), ("vn_crp_2020_17_1\n", "2020")):
        with pytest.raises(Unusable):
            rhomis.round_of(household, year)


@given(st.text(max_size=8))
def test_no_odd_word_becomes_a_sex_or_a_yes(told: str) -> None:
    if told not in ("m", "f", ""):
        with pytest.raises(Unusable):
            rhomis.sex(told)
    if told not in ("y", "n", "", "no_answer"):
        with pytest.raises(Unusable):
            rhomis.yes_no(told)


@given(st.decimals(min_value=0, max_value=10**6, allow_nan=False, places=3), st.sampled_from([*PROVINCES, None]))
def test_land_is_never_out_of_bounds(told: Decimal, province: str | None) -> None:
    for unit in ("HA", "M2", "SAO"):
        area, _why = rhomis.land_ha(told, unit, province)
        assert area is None or 0 <= area <= rhomis.LARGEST_HA


@pytest.mark.parametrize("told", ["-1", "NaN", "Infinity", "two", "1,5", "1.2.3"])
def test_odd_numbers_are_refused(told: str) -> None:
    with pytest.raises(Unusable):
        rhomis.number(told)
