"""Reads outlines from TopoJSON or GeoJSON text. Pure.

Sources: the TopoJSON format specification (2013; §2.1.1 positions, §2.1.4 arc indexes), RFC 7946 for GeoJSON.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langso.community.places.rules.simplification import simplified

Point = tuple[float, float]
Polygon = list[list[Point]]

DECIMALS = 5
"""About one metre."""


class BadBoundaryFile(Exception):
    """The file cannot be read as outlines; `message` is an English key of `problem`, `place` says where."""

    def __init__(self, problem: str, place: str = "") -> None:
        self.problem, self.place = problem, place
        super().__init__(f"{problem} {place}".strip())


@dataclass(frozen=True, slots=True)
class Shape:
    """One unit's outline: polygons of rings of (longitude, latitude) in degrees, the first ring the outer one."""

    code: str
    polygons: list[Polygon]


def read_shapes(content: bytes) -> list[Shape]:
    """Every unit of the file, with its `code`. Raises `BadBoundaryFile`."""
    try:
        document = json.loads(content)
    except ValueError as error:
        raise BadBoundaryFile("not_json") from error
    kind = document.get("type") if isinstance(document, dict) else None
    try:
        if kind == "Topology":
            return list(_topology(document))
        if kind == "FeatureCollection":
            return [_feature(feature) for feature in document["features"]]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise BadBoundaryFile("not_readable", str(error)) from error
    raise BadBoundaryFile("not_outlines")


def _topology(document: dict[str, Any]) -> Iterator[Shape]:
    arcs = [simplified(arc) for arc in _arcs(document)]
    for collection in document["objects"].values():
        for geometry in collection["geometries"]:
            code = _code(geometry.get("properties"))
            rings = _rings_of(geometry["type"], geometry["arcs"], code)
            polygons = [[_joined(arcs, ring) for ring in polygon] for polygon in rings]
            yield Shape(code, _closed(polygons, code))


def _arcs(document: dict[str, Any]) -> Iterator[list[Point]]:
    """Arcs in degrees: quantised ones are differences from point to point, then scaled and moved."""
    transform = document.get("transform")
    if transform is None:
        yield from ([(x, y) for x, y, *_ in arc] for arc in document["arcs"])
        return
    (x_scale, y_scale), (x_move, y_move) = transform["scale"], transform["translate"]
    for arc in document["arcs"]:
        x = y = 0
        points = []
        for x_step, y_step, *_ in arc:
            x, y = x + x_step, y + y_step
            points.append((x * x_scale + x_move, y * y_scale + y_move))
        yield points


def _joined(arcs: Sequence[list[Point]], indexes: Sequence[int]) -> list[Point]:
    """A ring of arcs; each begins where the one before ended. A negative index i is arc ~i, backwards."""
    ring: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _feature(feature: dict[str, Any]) -> Shape:
    code = _code(feature.get("properties"))
    geometry = feature["geometry"]
    rings = _rings_of(geometry["type"], geometry["coordinates"], code)
    polygons = [[simplified([(x, y) for x, y, *_ in ring]) for ring in polygon] for polygon in rings]
    return Shape(code, _closed(polygons, code))


def _code(properties: Any) -> str:
    code = properties.get("code") if isinstance(properties, dict) else None
    if not isinstance(code, str) or not code.isdigit():
        raise BadBoundaryFile("no_code", str(code or ""))
    return code


def _rings_of(kind: str, parts: Any, code: str) -> list[Any]:
    if kind == "Polygon":
        return [parts]
    if kind == "MultiPolygon":
        return list(parts)
    raise BadBoundaryFile("not_a_polygon", code)


def _closed(polygons: list[Polygon], code: str) -> list[Polygon]:
    """Rounded rings of at least three corners, closed; an empty or far-away shape is refused."""
    found = [[ring for ring in map(_rounded, polygon) if len(ring) >= 4] for polygon in polygons]
    whole = [polygon for polygon in found if polygon]
    if not whole:
        raise BadBoundaryFile("empty_shape", code)
    if any(abs(x) > 180 or abs(y) > 90 for polygon in whole for ring in polygon for x, y in ring):
        raise BadBoundaryFile("not_degrees", code)
    return whole


def _rounded(ring: list[Point]) -> list[Point]:
    points: list[Point] = []
    for x, y in ring:
        point = (round(float(x), DECIMALS), round(float(y), DECIMALS))
        if not points or points[-1] != point:
            points.append(point)
    return points if not points or points[0] == points[-1] else [*points, points[0]]
