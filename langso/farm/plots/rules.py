"""Areas and places of plots: pure decisions, no database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

LAND_UNITS: Final[Mapping[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "land_units.json").read_text(encoding="utf-8")
)

LARGEST_M2: Final = Decimal(100_000_000)
"""100 km²: more is a slip of the finger."""

VIET_NAM_BOX: Final = (Decimal("7"), Decimal("24"), Decimal("102"), Decimal("118"))
"""South, north, west and east edge in degrees, with the sea: a point outside was mistyped or swapped."""


class AreaUnit(StrEnum):
    """How a household says how large its land is."""

    M2 = "M2"
    SAO = "SAO"
    HA = "HA"


def sao_m2(commune: str, province: str) -> int:
    """Square metres of one sào in this commune (five digits) of this province (two); the north's when unknown."""
    region = LAND_UNITS["communes"].get(commune) or LAND_UNITS["provinces"].get(province, "NORTH")
    size: int = LAND_UNITS["sao_m2"][region]
    return size


def to_m2(amount: Decimal, unit: AreaUnit, *, sao: int) -> Decimal:
    """The area in square metres, to the decimetre, of an amount in m², sào (of `sao` m²) or ha (10,000 m²)."""
    factor = {AreaUnit.M2: 1, AreaUnit.SAO: sao, AreaUnit.HA: 10_000}[unit]
    return (amount * factor).quantize(Decimal("0.01"), ROUND_HALF_UP)


def from_m2(area: Decimal, unit: AreaUnit, *, sao: int) -> Decimal:
    """The number a household would say: an area in m² as m², sào or ha, without zeros at the end."""
    factor = {AreaUnit.M2: 1, AreaUnit.SAO: sao, AreaUnit.HA: 10_000}[unit]
    return plain((area / factor).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def plain(number: Decimal) -> Decimal:
    """The number without zeros after its comma, never in powers of ten: 1000.50 as 1000.5, 1000.00 as 1000."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees, WGS 84."""

    latitude: Decimal
    longitude: Decimal


def inside_viet_nam(point: Point) -> bool:
    """Whether the point lies in the box around Viet Nam, both archipelagos included."""
    south, north, west, east = VIET_NAM_BOX
    return south <= point.latitude <= north and west <= point.longitude <= east


def outline_fault(outline: object) -> str | None:
    """What is wrong with a GeoJSON polygon (RFC 7946 §3.1.6), as a code, or None.

    Codes: `not_polygon`, `too_few_points` (a ring has four or more), `too_many_points` (500 in all are enough for a
    field), `not_closed`, `outside`.
    """
    rings = outline.get("coordinates") if isinstance(outline, dict) and outline.get("type") == "Polygon" else None
    if not isinstance(rings, list) or not rings or not all(isinstance(ring, list) for ring in rings):
        return "not_polygon"
    if sum(len(ring) for ring in rings) > 500:
        return "too_many_points"
    return next((fault for fault in map(_ring_fault, rings) if fault), None)


def _ring_fault(ring: list[object]) -> str | None:
    points = [_position(position) for position in ring]
    if any(point is None for point in points):
        return "not_polygon"
    if len(points) < 4:
        return "too_few_points"
    if points[0] != points[-1]:
        return "not_closed"
    if not all(point and inside_viet_nam(point) for point in points):
        return "outside"
    return None


def _position(position: object) -> Point | None:
    """A GeoJSON position: longitude first, then latitude."""
    if not isinstance(position, list) or len(position) < 2:
        return None
    longitude, latitude = position[0], position[1]
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in (longitude, latitude)):
        return None
    return Point(Decimal(str(latitude)), Decimal(str(longitude)))
