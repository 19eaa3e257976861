"""Where tiles lie, as C2SP tlog-tiles says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.transparency.rules.tiles import MOST_LEVELS, WIDTH, Tile, bundle, path_of, tile_at


@given(st.integers(-1, MOST_LEVELS - 1), st.integers(0, 10**17), st.integers(1, WIDTH))
def test_each_tile_has_one_path(level: int, number: int, width: int) -> None:
    tile = Tile(level, number, width)
    assert tile_at(path_of(tile)) == tile


def test_paths_as_the_standard_writes_them() -> None:
    assert path_of(Tile(0, 1234067)) == "0/x001/x234/067"
    assert path_of(Tile(0, 273, 112)) == "0/273.p/112"
    assert path_of(Tile(-1, 0)) == "entries/000"


@pytest.mark.parametrize(
    "path",
    ["", "0", "0/0", "0/1234", "0/x000/067", "00/067", "8/067", "0/067.p/0", "0/067.p/256", "0/067.p/257",
     "0/067.p/007", "entry/000", "0/x001", "0/001/002", "../0/067", "0/067/", "-1/067", "0/" + "x001/" * 9 + "001"],
)  # fmt: skip
def test_what_is_no_path_of_a_tile(path: str) -> None:
    assert tile_at(path) is None


def test_leaves_stand_behind_their_lengths() -> None:
    assert bundle([b"abc", b"", b"d" * 300]) == b"\x00\x03abc\x00\x00\x01\x2c" + b"d" * 300
