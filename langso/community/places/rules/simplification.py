"""Fewer points for the same line. Pure.

Source: David Douglas and Thomas Peucker, "Algorithms for the reduction of the number of points required to represent a
digitized line or its caricature", Cartographica 10 (1973).
"""

from collections.abc import Sequence

Point = tuple[float, float]

FINE_ENOUGH = 120
"""A line of at most so many points is kept as it is: a whole commune of a reference map has about forty."""
TOLERANCE = 0.0005
"""Degrees; 55 m on the ground, half a pixel on the map of a province."""


def simplified(line: Sequence[Point], *, tolerance: float = TOLERANCE) -> list[Point]:
    """The line without the points that lie within `tolerance` of what is left; its ends stay.

    A line that two units share keeps the same points for both, because the result depends on nothing but the line.
    """
    if len(line) <= FINE_ENOUGH:
        return list(line)
    keep = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        farthest, distance = _farthest(line, first, last)
        if distance > tolerance**2:
            keep.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [line[index] for index in sorted(keep)]


def _farthest(line: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    """The point between two others that lies farthest from their line, and the square of its distance."""
    (x0, y0), (x1, y1) = line[first], line[last]
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    farthest, greatest = first, 0.0
    for index in range(first + 1, last):
        x, y = line[index]
        along = min(1.0, max(0.0, ((x - x0) * dx + (y - y0) * dy) / length)) if length else 0.0
        distance = (x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2
        if distance > greatest:
            farthest, greatest = index, distance
    return farthest, greatest
