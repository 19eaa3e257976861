"""Draws outlines as SVG paths: small numbers, north up, proportions as they are at that latitude. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

Ring = Sequence[Sequence[float]]
Polygons = Sequence[Sequence[Ring]]


@dataclass(frozen=True, slots=True)
class Frame:
    """How degrees become units of the drawing: an equirectangular projection true at the middle latitude."""

    west: float
    north: float
    x_scale: float
    y_scale: float
    width: int
    height: int

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        """The point of the drawing."""
        return round((longitude - self.west) * self.x_scale), round((self.north - latitude) * self.y_scale)


def frame_of(shapes: Iterable[Polygons], *, size: int = 600, margin: int = 6) -> Frame:
    """The frame around some shapes: its longer side is `size` units with a margin all around."""
    points = [point for polygons in shapes for polygon in polygons for ring in polygon for point in ring]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    shrink = cos(radians((north + south) / 2))
    wide, high = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    scale = (size - 2 * margin) / max(wide, high)
    return Frame(
        west=west - margin / (scale * shrink),
        north=north + margin / scale,
        x_scale=scale * shrink,
        y_scale=scale,
        width=round(wide * scale) + 2 * margin,
        height=round(high * scale) + 2 * margin,
    )


def path_of(polygons: Polygons, frame: Frame) -> str:
    """The `d` of an SVG path, with relative steps; points that fall on the same spot are drawn once."""
    return "".join(_ring(ring, frame) for polygon in polygons for ring in polygon)


def middle_of(polygons: Polygons, frame: Frame) -> tuple[int, int]:
    """A point of the drawing inside the largest part: on the horizontal through its middle, halfway along the widest
    stretch that lies inside."""
    ring = max((polygon[0] for polygon in polygons), key=lambda outer: abs(_area(outer)))
    latitudes = [point[1] for point in ring]
    level = (min(latitudes) + max(latitudes)) / 2
    crossings = sorted(
        start[0] + (level - start[1]) / (end[1] - start[1]) * (end[0] - start[0])
        for start, end in pairwise(ring)
        if (start[1] > level) != (end[1] > level)
    )
    stretches = [*zip(crossings[::2], crossings[1::2], strict=False), (ring[0][0], ring[0][0])]
    west, east = max(stretches, key=lambda pair: pair[1] - pair[0])
    return frame.place((west + east) / 2, level)


def _area(ring: Ring) -> float:
    return sum(start[0] * end[1] - end[0] * start[1] for start, end in pairwise(ring)) / 2


def _ring(ring: Ring, frame: Frame) -> str:
    x, y = frame.place(ring[0][0], ring[0][1])
    steps = [f"M{x} {y}l"]
    for longitude, latitude, *_ in ring[1:-1]:
        next_x, next_y = frame.place(longitude, latitude)
        if (next_x, next_y) != (x, y):
            steps.append(f"{next_x - x} {next_y - y} ")
            x, y = next_x, next_y
    return "".join(steps).rstrip() + "z"
