from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.farm.plots.picture import draw
from langso.farm.plots.rules import (
    LAND_UNITS,
    LARGEST_M2,
    AreaUnit,
    Point,
    from_m2,
    inside_viet_nam,
    outline_fault,
    sao_m2,
    to_m2,
)

SQUARE = [[103.5, 22.3], [103.6, 22.3], [103.6, 22.4], [103.5, 22.4], [103.5, 22.3]]


@pytest.mark.parametrize(
    ("commune", "province", "size"),
    [("03390", "12", 360), ("20333", "48", 500), ("24000", "66", 1000), ("31000", "92", 1000), ("00001", "99", 360)],
)
def test_a_sao_is_as_large_as_the_region_counts(commune: str, province: str, size: int) -> None:
    assert sao_m2(commune, province) == size


def test_all_34_provinces_have_a_region() -> None:
    assert len(LAND_UNITS["provinces"]) == 34
    assert set(LAND_UNITS["provinces"].values()) == set(LAND_UNITS["sao_m2"])


def test_a_commune_may_differ_from_its_province(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LAND_UNITS["communes"], "22015", "CENTRE")
    assert sao_m2("22015", "66") == 500


@given(
    amount=st.decimals(min_value="0.01", max_value=100_000, places=2),
    unit=st.sampled_from(AreaUnit),
    sao=st.sampled_from([360, 500, 1000]),
)
def test_an_area_reads_back_as_it_was_said(amount: Decimal, unit: AreaUnit, sao: int) -> None:
    area = to_m2(amount, unit, sao=sao)
    assert from_m2(area, unit, sao=sao) == amount


def test_three_sao_of_the_north() -> None:
    assert to_m2(Decimal("2.5"), AreaUnit.SAO, sao=360) == Decimal(900)
    assert to_m2(Decimal(1), AreaUnit.HA, sao=360) == Decimal(10_000)
    assert str(from_m2(Decimal("10000.00"), AreaUnit.HA, sao=360)) == "1"
    assert to_m2(Decimal(10_000), AreaUnit.HA, sao=360) == LARGEST_M2


def test_swapped_coordinates_are_not_in_viet_nam() -> None:
    assert inside_viet_nam(Point(Decimal("22.3"), Decimal("103.5")))
    assert not inside_viet_nam(Point(Decimal("103.5"), Decimal("22.3")))
    assert inside_viet_nam(Point(Decimal("8.64"), Decimal("111.92"))), "Trường Sa"


@pytest.mark.parametrize(
    ("outline", "fault"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE]}, None),
        ({"type": "Polygon", "coordinates": [SQUARE, SQUARE]}, None),
        ({"type": "Point", "coordinates": [103.5, 22.3]}, "not_polygon"),
        ({"type": "Polygon"}, "not_polygon"),
        ({"type": "Polygon", "coordinates": []}, "not_polygon"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, "not_polygon"),
        ({"type": "Polygon", "coordinates": [[[True, False]] * 4]}, "not_polygon"),
        ({"type": "Polygon", "coordinates": [SQUARE[:3]]}, "too_few_points"),
        ({"type": "Polygon", "coordinates": [SQUARE[:4]]}, "not_closed"),
        ({"type": "Polygon", "coordinates": [SQUARE * 101]}, "too_many_points"),
        ({"type": "Polygon", "coordinates": [[[22.3, 103.5]] * 4]}, "outside"),
        ("a field", "not_polygon"),
        (None, "not_polygon"),
    ],
)
def test_outlines(outline: object, fault: str | None) -> None:
    assert outline_fault(outline) == fault


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=5)))
def test_any_json_is_judged_without_falling_over(coordinates: object) -> None:
    assert outline_fault({"type": "Polygon", "coordinates": coordinates}) is not None


def test_a_drawing_keeps_north_up_and_everything_inside() -> None:
    picture = draw([SQUARE], (103.55, 22.39))
    assert picture.mark is not None
    x, y = picture.mark
    assert 0 < x < picture.width
    assert y < picture.height / 4, "near the northern edge"
    assert 0.85 < (picture.width - 16) / (picture.height - 16) < 0.95, "a degree of longitude is shorter up north"
