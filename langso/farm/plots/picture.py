"""A plot's place as a small drawing: its outline, or a point on the commune's. Server-drawn SVG, no map tiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from langso.farm.plots.queries import PlotCard

Ring = Sequence[Sequence[float]]
WIDTH = 320


@dataclass(frozen=True, slots=True)
class Picture:
    """Paths and a mark in the units of `view_box`; `mark` is (x, y) or None."""

    width: int
    height: int
    paths: tuple[str, ...]
    mark: tuple[float, float] | None

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"


def plot_picture(plot: PlotCard, outline: dict[str, Any] | None, commune: Sequence[Sequence[Ring]]) -> Picture | None:
    """The plot's own outline when it has one, else its point on the commune's (a MultiPolygon); None without either."""
    if outline is not None:
        return draw(outline["coordinates"], None)
    if plot.latitude is None or plot.longitude is None or not commune:
        return None
    return draw([ring for polygon in commune for ring in polygon], (float(plot.longitude), float(plot.latitude)))


def draw(rings: Sequence[Ring], point: tuple[float, float] | None) -> Picture:
    """Rings of (longitude, latitude) on a plate whose width is true at their middle latitude; north is up."""
    xs = [position[0] for ring in rings for position in ring] + ([point[0]] if point else [])
    ys = [position[1] for ring in rings for position in ring] + ([point[1]] if point else [])
    west, north = min(xs), max(ys)
    squeeze = cos(radians((north + min(ys)) / 2))
    span = max((max(xs) - west) * squeeze, (north - min(ys)), 1e-9)
    scale = (WIDTH - 16) / span

    def place(position: Sequence[float]) -> tuple[float, float]:
        return round(8 + (position[0] - west) * squeeze * scale, 1), round(8 + (north - position[1]) * scale, 1)

    paths = tuple("M" + "L".join(f"{x:g},{y:g}" for x, y in map(place, ring)) + "Z" for ring in rings)
    height = round(16 + (north - min(ys)) * scale)
    width = round(16 + (max(xs) - west) * squeeze * scale)
    return Picture(max(width, 32), max(height, 32), paths, place(point) if point else None)
