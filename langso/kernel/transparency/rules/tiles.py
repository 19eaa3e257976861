"""Where the parts of a log lie, and how they are written: C2SP tlog-tiles (https://c2sp.org/tlog-tiles).

A tile holds up to 256 hashes of one level in eight: level 1's are the roots of level 0's tiles. A bundle holds up to
256 leaves, each behind its length in two bytes. A part of a tile that is not full ends in `.p/` and how many it holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 256
LONGEST_LEAF: Final = 0xFFFF
MOST_LEVELS: Final = 8
_PLACE: Final = re.compile(
    r"(?P<level>[0-9]{1,2}|entries)/(?P<number>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile, or a bundle of leaves (`level` -1): its number, and how many it holds."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def start(self) -> int:
        """The place of its first hash among those of its level, or the index of its first leaf."""
        return self.number * WIDTH


def tile_at(path: str) -> Tile | None:
    """The tile that a path names ("0/x001/234.p/17"), or None when it is no such path."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return None
    level = -1 if found["level"] == "entries" else int(found["level"])
    number = int(found["number"].replace("x", "").replace("/", ""))
    width = int(found["width"]) if found["width"] else WIDTH
    tile = Tile(level, number, width)
    canonical = level < MOST_LEVELS and 0 < width <= WIDTH and path == path_of(tile)
    return tile if canonical else None


def path_of(tile: Tile) -> str:
    """The path of a tile."""
    digits = f"{tile.number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    number = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    level = "entries" if tile.level < 0 else str(tile.level)
    return f"{level}/{number}" + (f".p/{tile.width}" if tile.width < WIDTH else "")


def bundle(leaves: Sequence[bytes]) -> bytes:
    """Leaves, each behind its length."""
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)
