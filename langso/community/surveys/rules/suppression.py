"""Which figures of a table may be shown, so that no group under five can be worked out, not even from the totals.

A cell or row total from 1 to 4 is hidden (primary). Then others are hidden with it (complementary) until nobody who
knows the shown figures, the totals, and that hidden figures are at least 1, can tell that a small one is under five.

The table is a network: each figure is an arc between the nodes of its two sums, and hidden figures can differ from the
truth by what can flow round through other hidden arcs. So the largest value that a hidden figure could have is a
maximal flow, and the cheapest figures to hide with it lie on a shortest augmenting path. Sources of the idea:
D. Gusfield, "A Graph Theoretic Approach to Statistical Data Security", SIAM Journal on Computing 17 (1988); L. H. Cox,
"Network Models for Complementary Cell Suppression", Journal of the American Statistical Association 90 (1995).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

SMALL: Final = 5
"""Groups of fewer members are not shown."""
_ENDLESS: Final = 10**9
_TOTAL_COST: Final = 10**6
"""A row's total is worth more to the reader than a cell: it is hidden only when cells do not suffice."""

Node = tuple[str, int]
_SUM: Final[Node] = ("sum", 0)


@dataclass(frozen=True, slots=True)
class Protected:
    """A table as it may be shown: None for a hidden figure. `column_totals` and `total` are always shown."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int, ...]
    total: int


@dataclass(slots=True)
class _Arc:
    """One figure: it flows from its row's sum into its column's (a total: from the sum of all into its row's)."""

    tail: Node
    head: Node
    value: int
    hidden: bool
    cost: int

    @property
    def is_small(self) -> bool:
        return 0 < self.value < SMALL


@dataclass(frozen=True, slots=True)
class _Move:
    """A step of an augmenting path: raise the figure (forward) or lower it (backward)."""

    arc: _Arc
    forward: bool

    @property
    def target(self) -> Node:
        return self.arc.head if self.forward else self.arc.tail


class TooSmall(ValueError):
    """A column's total is from 1 to 4: leave that group out of the table first (`showable`)."""


def showable(totals: Sequence[int]) -> list[bool]:
    """Which groups may be a column of their own: those of at least five, and the empty ones."""
    return [total == 0 or total >= SMALL for total in totals]


def protect(cells: Sequence[Sequence[int]]) -> Protected:
    """The table with small figures hidden, and with them as many others as are needed. `cells` are rows of counts.

    Raises `TooSmall` when a column's total is small. When nothing else helps, all figures above zero are hidden.
    """
    columns = [sum(column) for column in zip(*cells, strict=True)]
    if not all(showable(columns)):
        raise TooSmall()
    arcs = _arcs(cells)
    figures = [arc for row in arcs for arc in row]
    if not all(_cover(arc, figures) for arc in figures if arc.is_small):
        for arc in figures:
            arc.hidden = arc.value > 0
    shown = [tuple(None if arc.hidden else arc.value for arc in row) for row in arcs]
    return Protected(
        cells=tuple(row[1:] for row in shown),
        row_totals=tuple(row[0] for row in shown),
        column_totals=tuple(columns),
        total=sum(columns),
    )


def _arcs(cells: Sequence[Sequence[int]]) -> list[list[_Arc]]:
    """For each row: its total, then its cells."""
    return [
        [
            _arc(_SUM, ("row", number), sum(row), _TOTAL_COST),
            *(_arc(("row", number), ("column", column), value, 1) for column, value in enumerate(row)),
        ]
        for number, row in enumerate(cells)
    ]


def _arc(tail: Node, head: Node, value: int, cost: int) -> _Arc:
    return _Arc(tail, head, value, 0 < value < SMALL, cost + value)


def _cover(small: _Arc, figures: Sequence[_Arc]) -> bool:
    """Hide what is needed for the small figure to be possibly five or more; False when that cannot be done."""
    raised: dict[int, int] = {}
    missing = SMALL - small.value
    while missing > 0:
        path = _cheapest_path(small, figures, raised)
        if path is None:
            return False
        step = min(missing, *(_room(move, raised) for move in path))
        for move in path:
            move.arc.hidden = True
            raised[id(move.arc)] = raised.get(id(move.arc), 0) + (step if move.forward else -step)
        missing -= step
    return True


def _room(move: _Move, raised: dict[int, int]) -> int:
    """How far the figure can still go in this direction; a hidden figure is at least 1."""
    change = raised.get(id(move.arc), 0)
    return _ENDLESS if move.forward else move.arc.value + change - 1


def _cheapest_path(small: _Arc, figures: Sequence[_Arc], raised: dict[int, int]) -> list[_Move] | None:
    """Moves from the small figure's head back to its tail, hiding as little as possible (Bellman and Ford)."""
    cost: dict[Node, int] = {small.head: 0}
    last: dict[Node, _Move] = {}
    moves = [move for arc in figures if arc is not small and arc.value for move in _moves(arc, raised)]
    changed = True
    while changed:
        changed = False
        for move in moves:
            start = move.arc.tail if move.forward else move.arc.head
            if start in cost:
                price = cost[start] + (0 if move.arc.hidden else move.arc.cost)
                if price < cost.get(move.target, _ENDLESS):
                    cost[move.target], last[move.target] = price, move
                    changed = True
    return _back(small, last) if small.tail in last else None


def _moves(arc: _Arc, raised: dict[int, int]) -> Iterator[_Move]:
    yield _Move(arc, forward=True)
    if _room(_Move(arc, forward=False), raised) > 0:
        yield _Move(arc, forward=False)


def _back(small: _Arc, last: dict[Node, _Move]) -> list[_Move]:
    path: list[_Move] = []
    node = small.tail
    while node != small.head:
        move = last[node]
        path.append(move)
        node = move.arc.tail if move.forward else move.arc.head
    return path
