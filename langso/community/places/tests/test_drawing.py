"""Where a sign stands in a drawing: inside the unit, whatever its shape."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.community.places.rules.drawing import Ring, frame_of, middle_of

SQUARE = [[103.0, 22.0], [103.2, 22.0], [103.2, 22.2], [103.0, 22.2], [103.0, 22.0]]
SPECK = [[104.0, 23.0], [104.01, 23.0], [104.01, 23.01], [104.0, 23.0]]
HORSESHOE = [
    [103.0, 22.0], [103.5, 22.0], [103.5, 22.9], [103.1, 22.9], [103.1, 22.8], [103.4, 22.8], [103.4, 22.1],
    [103.0, 22.1], [103.0, 22.0],
]  # fmt: skip


def is_inside(x: float, y: float, ring: Ring) -> bool:
    inside = False
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside


@pytest.mark.parametrize("ring", [SQUARE, HORSESHOE])
def test_it_stands_inside(ring: Ring) -> None:
    frame = frame_of([[[ring]]], size=1000)
    x, y = middle_of([[ring]], frame)
    assert is_inside(x, y, [frame.place(*point) for point in ring])


def test_it_stands_in_the_largest_part() -> None:
    frame = frame_of([[[SPECK], [SQUARE]]], size=1000)
    x, y = middle_of([[SPECK], [SQUARE]], frame)
    assert is_inside(x, y, [frame.place(*point) for point in SQUARE])


@given(st.lists(st.tuples(st.floats(102, 110), st.floats(8, 24)), min_size=3, max_size=9))
def test_any_ring_has_one_even_a_flat_one(points: list[tuple[float, float]]) -> None:
    ring = [list(point) for point in (*points, points[0])]
    frame = frame_of([[[ring]]])
    x, y = middle_of([[ring]], frame)
    assert -1 <= x <= frame.width + 1
    assert -1 <= y <= frame.height + 1
