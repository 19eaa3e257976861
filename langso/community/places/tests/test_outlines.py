"""Outlines from a file: read, checked as a whole, replaced as a whole, drawn."""

import json
import re
from datetime import date
from itertools import pairwise
from math import hypot
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langso.community.places import boundaries, queries, services
from langso.community.places.models import AdminUnit, BoundaryLayer, Outline
from langso.community.places.rules.drawing import frame_of, path_of
from langso.community.places.rules.simplification import simplified
from langso.community.places.rules.topojson import read_shapes
from langso.kernel.access.actors import NOBODY, system
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.journal.models import Entry
from tests.cast import Cast

FILES = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "boundaries"
with_files = pytest.mark.skipif(not FILES.is_dir(), reason="the boundary files to import are not on this machine")
SINCE = date(2026, 4, 30)
SOURCE = {"version": "thử 2026-08", "legal_basis": "Nghị quyết 202/2025/QH15", "valid_from": SINCE}
SQUARE = [[103.0, 22.0], [103.2, 22.0], [103.2, 22.1], [103.0, 22.1], [103.0, 22.0]]

pytestmark = pytest.mark.django_db


def geojson(*codes: object, ring: list[list[float]] | None = None) -> services.BoundaryFile:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [ring or SQUARE]},
        }
        for code in codes
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return services.BoundaryFile(name="t.geojson", content=content)


def codes_of(level: str, **only: str) -> list[str]:
    return list(AdminUnit.objects.on(SINCE).filter(level=level, **only).values_list("code", flat=True))


def load(file: services.BoundaryFile) -> services.ImportedLayer:
    return services.import_boundaries(system(), file=file, **SOURCE)


@with_files
def test_a_provinces_file_is_imported_with_its_source() -> None:
    layer = boundaries.import_file(FILES / "per-province" / "12.topojson", **SOURCE)
    assert (layer.level, layer.province_code, layer.unit_count, layer.replaced) == ("COMMUNE", "12", 38, "")
    (card,) = queries.boundary_layers()
    assert (card.version, card.legal_basis, card.valid_from) == tuple(SOURCE.values())
    assert re.fullmatch(r"[0-9a-f]{64}", card.file_sha256)
    entry = Entry.objects.get(kind="community.places.boundaries_imported.v1")
    assert entry.body["unit_count"] == 38
    assert {shape.code for shape in queries.commune_shapes(province_code="12")} == set(
        codes_of("COMMUNE", province_code="12")
    )


@with_files
def test_the_whole_country_has_every_commune_and_both_archipelagos() -> None:
    layer = boundaries.import_file(FILES / "communes-3321.topojson", **SOURCE)
    assert (layer.province_code, layer.unit_count) == ("", 3321)
    for code in ("20333", "22736"):
        assert queries.commune_outline_svg(code) is not None
    points = [
        point for shape in queries.commune_shapes() for polygon in shape.polygons for ring in polygon for point in ring
    ]
    assert 102.1 < min(point[0] for point in points) < 102.2
    assert 117.8 < max(point[0] for point in points) < 117.9


@with_files
def test_provinces_are_a_layer_of_their_own() -> None:
    boundaries.import_file(FILES / "per-province" / "12.topojson", **SOURCE)
    layer = boundaries.import_file(FILES / "provinces-34.topojson", **SOURCE)
    assert (layer.level, layer.unit_count) == ("PROVINCE", 34)
    assert [card.level for card in queries.boundary_layers()] == ["PROVINCE", "COMMUNE"]
    assert len(queries.province_shapes()) == 34


@with_files
def test_a_second_import_replaces_and_never_mixes() -> None:
    boundaries.import_file(FILES / "per-province" / "12.topojson", **SOURCE)
    layer = boundaries.import_file(FILES / "per-province" / "11.topojson", **{**SOURCE, "version": "thứ hai"})
    assert layer.replaced == "thử 2026-08"
    assert queries.commune_outline_svg("03390") is None
    assert set(Outline.objects.values_list("code", flat=True)) == set(codes_of("COMMUNE", province_code="11"))


@with_files
def test_a_refused_file_leaves_the_layer_as_it_was() -> None:
    boundaries.import_file(FILES / "per-province" / "12.topojson", **SOURCE)
    with pytest.raises(services.WrongUnits):
        load(geojson("03390"))
    assert BoundaryLayer.objects.get().version == "thử 2026-08"
    assert Outline.objects.count() == 38


def test_a_map_of_the_country_without_the_archipelagos_is_refused() -> None:
    every = codes_of("COMMUNE")
    for missing in ("20333", "22736"):
        with pytest.raises(services.ArchipelagoMissing):
            load(geojson(*(code for code in every if code != missing)))
    assert not BoundaryLayer.objects.exists()


def test_a_layer_is_whole_and_of_known_units() -> None:
    lai_chau = codes_of("COMMUNE", province_code="12")
    with pytest.raises(services.WrongUnits, match="03390"):
        load(geojson(*(code for code in lai_chau if code != "03390")))
    with pytest.raises(services.WrongUnits, match="99999"):
        load(geojson(*lai_chau, "99999"))
    with pytest.raises(services.WrongUnits, match="03390"):
        load(geojson(*lai_chau, "03390"))
    with pytest.raises(services.WrongUnits):
        load(geojson(*lai_chau, "12"))
    with pytest.raises(services.WrongUnits):
        load(geojson(*codes_of("PROVINCE")[:-1]))
    assert load(geojson(*lai_chau)).unit_count == 38


def test_codes_are_those_of_the_day_on_which_the_file_holds() -> None:
    before = list(AdminUnit.objects.on(date(2025, 6, 30)).filter(level="PROVINCE").values_list("code", flat=True))
    with pytest.raises(services.WrongUnits):
        load(geojson(*before))
    layer = services.import_boundaries(
        system(), file=geojson(*before), version="63", legal_basis="cũ", valid_from=date(2025, 6, 30)
    )
    assert layer.unit_count == 63


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"type": "Topology"}',
        b'{"type": "Topology", "arcs": [], "objects": {"a": {"geometries": '
        b'[{"type": "Polygon", "arcs": [[7]], "properties": {"code": "12"}}]}}}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "FeatureCollection", "features": [{"properties": {"code": "12"}, "geometry": '
        b'{"type": "Point", "coordinates": [1, 2]}}]}',
        b'{"type": "FeatureCollection", "features": [{"properties": {"code": "12"}, "geometry": null}]}',
    ],
)
def test_a_file_that_is_no_layer_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(services.UnreadableBoundaries) as refused:
        load(services.BoundaryFile(name="x", content=content))
    assert str(refused.value)


@pytest.mark.parametrize("code", [4, None, "", "x"])
def test_codes_are_text(code: object) -> None:
    with pytest.raises(services.UnreadableBoundaries):
        load(geojson(code))


def test_metres_are_not_degrees() -> None:
    ring = [[500000.0, 2400000.0], [510000.0, 2400000.0], [510000.0, 2410000.0], [500000.0, 2400000.0]]
    with pytest.raises(services.UnreadableBoundaries, match="12"):
        load(geojson("12", ring=ring))


def test_a_layer_says_where_it_comes_from() -> None:
    for missing in ("version", "legal_basis"):
        with pytest.raises(services.NoSource):
            services.import_boundaries(system(), file=geojson("12"), **{**SOURCE, missing: " "})


def test_only_the_operator_imports(cast: Cast) -> None:
    file = geojson(*codes_of("COMMUNE", province_code="12"))
    for who in ("dung", "minh", "ha", "giang"):
        with pytest.raises(NotAllowed):
            services.import_boundaries(cast.actor(who), file=file, **SOURCE)
    with pytest.raises(SignInNeeded):
        services.import_boundaries(NOBODY, file=file, **SOURCE)
    assert services.import_boundaries(cast.actor("oanh"), file=file, **SOURCE).unit_count == 38


def test_arcs_are_differences_scaled_and_moved_and_run_both_ways() -> None:
    """A square of two arcs that two units share; the second walks the first arc backwards (index -1 is ~0)."""
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [100.0, 20.0]},
        "arcs": [[[0, 0], [0, 10]], [[0, 10], [10, 0], [0, -10], [-10, 0]], [[0, 0], [-10, 0], [0, 10], [10, 0]]],
        "objects": {
            "a": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "01"}},
                    {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"code": "04"}},
                ],
            }
        },
    }
    first, second = read_shapes(json.dumps(topology).encode())
    assert first.polygons == [[[(100.0, 20.0), (100.0, 21.0), (101.0, 21.0), (101.0, 20.0), (100.0, 20.0)]]]
    assert second.polygons == [[[(100.0, 20.0), (99.0, 20.0), (99.0, 21.0), (100.0, 21.0), (100.0, 20.0)]]]


@with_files
def test_the_drawing_of_a_commune_is_small_and_in_its_frame() -> None:
    boundaries.import_file(FILES / "per-province" / "12.topojson", **SOURCE)
    drawing = queries.commune_outline_svg("03390")
    assert drawing is not None
    _, _, width, height = map(int, drawing.view_box.split())
    assert max(width, height) == 600
    assert len(drawing.path) < 2000
    assert re.fullmatch(r"(M\d+ \d+l(-?\d+ -?\d+ ?)+z)+", drawing.path)
    assert drawing.layer.legal_basis == SOURCE["legal_basis"]


def test_a_square_is_drawn_with_north_up_and_narrower_than_its_degrees() -> None:
    square = [[[[103.0, 22.0], [104.0, 22.0], [104.0, 23.0], [103.0, 23.0], [103.0, 22.0]]]]
    frame = frame_of([square], size=112, margin=6)
    assert (frame.width, frame.height) == (104, 112)
    assert path_of(square, frame) == "M6 106l92 0 0 -100 -92 0z"


coordinates = st.floats(min_value=0, max_value=1, allow_nan=False)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(coordinates, coordinates), min_size=121, max_size=200))
def test_no_point_lies_farther_from_the_simplified_line_than_allowed(line: list[tuple[float, float]]) -> None:
    tolerance = 0.1
    kept = simplified(line, tolerance=tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    assert len(kept) <= len(line)
    for point in line:
        assert min(distance(point, one, other) for one, other in pairwise(kept)) <= tolerance + 1e-9


def distance(point: tuple[float, float], one: tuple[float, float], other: tuple[float, float]) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    along = max(0, min(1, ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length)) if length else 0
    return hypot(point[0] - one[0] - along * dx, point[1] - one[1] - along * dy)


@given(st.lists(st.tuples(coordinates, coordinates), max_size=120))
def test_a_short_line_stays_as_it_is(line: list[tuple[float, float]]) -> None:
    assert simplified(line) == line
