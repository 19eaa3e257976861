"""Outlines and where they come from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from langso.community.places.models import AdminUnit, BoundaryLayer, Level, Outline
from langso.community.places.rules.drawing import Frame, frame_of, middle_of, path_of
from langso.kernel import clock

Polygons = list[list[list[list[float]]]]
SIZES: Final = (1000, 700, 500, 350, 240, 160)
"""Units of a drawing's longer side, the finest first."""
MOST_DRAWN: Final = 90_000


@dataclass(frozen=True, slots=True)
class LayerCard:
    """An imported layer. `province_code` is empty for the whole country. For reference, not legal boundaries."""

    id: UUID
    level: str
    level_name: str
    province_code: str
    version: str
    legal_basis: str
    valid_from: date
    file_name: str
    file_sha256: str
    unit_count: int
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class OutlineDrawing:
    """One unit as an SVG path; `layer` is the source that stands under every map."""

    code: str
    view_box: str
    path: str
    layer: LayerCard


@dataclass(frozen=True, slots=True)
class DrawnUnit:
    """A unit in a drawing: its path, and the middle of its largest part, where a sign or its name fits."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class ProvinceDrawing:
    """The communes of a province as SVG paths in one frame; `layer` is the source that stands under every map."""

    width: int
    height: int
    units: tuple[DrawnUnit, ...]
    layer: LayerCard

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"


@dataclass(frozen=True, slots=True)
class UnitShape:
    """The shape of a unit: GeoJSON coordinates of a MultiPolygon (longitude, latitude in degrees, WGS 84)."""

    code: str
    polygons: Polygons


def boundary_layers() -> list[LayerCard]:
    """The layers on this node, provinces first."""
    return [_card(row) for row in BoundaryLayer.objects.order_by("-level")]


def commune_outline_svg(code: str) -> OutlineDrawing | None:
    """A commune's outline for a small map, at most 600 units wide and high; None when no imported layer has it."""
    row = Outline.objects.filter(code=code, layer__level=Level.COMMUNE).select_related("layer").first()
    if row is None:
        return None
    frame = frame_of([row.polygons])
    return OutlineDrawing(code, frame.view_box, path_of(row.polygons, frame), _card(row.layer))


def commune_shapes(*, province_code: str = "") -> list[UnitShape]:
    """The shapes of the communes of a province, or of all communes; empty when no layer was imported. For maps."""
    rows = Outline.objects.filter(layer__level=Level.COMMUNE).order_by("code")
    if province_code:
        inside = AdminUnit.objects.on(clock.today()).filter(level=Level.COMMUNE, province_code=province_code)
        rows = rows.filter(code__in=inside.values("code"))
    return [UnitShape(row.code, row.polygons) for row in rows]


def province_drawing(province_code: str) -> ProvinceDrawing | None:
    """The communes of a province for one map of at most `MOST_DRAWN` characters; None when no imported layer has them.

    A coarser grid is taken until it fits; neighbours keep one border, because all points fall on the same grid.
    """
    shapes = commune_shapes(province_code=province_code)
    layer = BoundaryLayer.objects.filter(level=Level.COMMUNE).first()
    if not shapes or layer is None:
        return None
    for size in SIZES:
        frame = frame_of([shape.polygons for shape in shapes], size=size)
        units = tuple(_drawn(shape, frame) for shape in shapes)
        if sum(len(unit.path) for unit in units) <= MOST_DRAWN:
            break
    return ProvinceDrawing(frame.width, frame.height, units, _card(layer))


def _drawn(shape: UnitShape, frame: Frame) -> DrawnUnit:
    x, y = middle_of(shape.polygons, frame)
    return DrawnUnit(shape.code, path_of(shape.polygons, frame), x, y)


def province_shapes() -> list[UnitShape]:
    """The shapes of all provinces; empty when no layer was imported. Drawn more coarsely than communes: never lay one
    over the other."""
    rows = Outline.objects.filter(layer__level=Level.PROVINCE).order_by("code")
    return [UnitShape(row.code, row.polygons) for row in rows]


def _card(row: BoundaryLayer) -> LayerCard:
    return LayerCard(
        id=row.pk,
        level=row.level,
        level_name=str(Level(row.level).label),
        province_code=row.province_code,
        version=row.version,
        legal_basis=row.legal_basis,
        valid_from=row.valid_from,
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        unit_count=row.unit_count,
        imported_at=row.imported_at,
    )
