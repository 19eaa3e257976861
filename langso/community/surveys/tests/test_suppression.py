"""Small groups stay hidden, also from somebody who sets up all the sums."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langso.community.surveys.rules.suppression import SMALL, Protected, TooSmall, protect, showable

tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 7), min_size=width, max_size=width), min_size=1, max_size=3)
)


def solutions(table: Protected) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table of counts that fits what is shown: what somebody with a computer finds out."""

    def rows(number: int, left: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
        if number == len(table.cells):
            if not any(left):
                yield ()
            return
        for row in fitting(table.cells[number], table.row_totals[number], left):
            rest = tuple(total - value for total, value in zip(left, row, strict=True))
            for others in rows(number + 1, rest):
                yield (row, *others)

    yield from rows(0, table.column_totals)


def fitting(shown: Sequence[int | None], total: int | None, left: Sequence[int]) -> Iterator[tuple[int, ...]]:
    choices = [
        range(1, most + 1) if value is None else range(value, value + 1)
        for value, most in zip(shown, left, strict=True)
    ]
    for row in product(*choices):
        if all(value <= most for value, most in zip(row, left, strict=True)) and total in (None, sum(row)):
            yield row


@given(tables)
@settings(max_examples=40, deadline=None)
def test_nobody_can_tell_that_a_hidden_group_is_small(cells: list[list[int]]) -> None:
    if not all(showable([sum(column) for column in zip(*cells, strict=True)])):
        with pytest.raises(TooSmall):
            protect(cells)
        return
    table = protect(cells)
    possible = list(solutions(table))
    assert tuple(tuple(row) for row in cells) in possible
    small = [(row, column) for row, line in enumerate(cells) for column, value in enumerate(line) if 0 < value < SMALL]
    covered = len(
        {(row, column) for row, line in enumerate(cells) for column, value in enumerate(line) if value}
    ) == sum(value is None for line in table.cells for value in line)
    for row, column in small:
        assert table.cells[row][column] is None
        values = {solution[row][column] for solution in possible}
        assert max(values) >= SMALL or covered
    for row, line in enumerate(cells):
        if 0 < sum(line) < SMALL:
            assert table.row_totals[row] is None
            assert max(sum(solution[row]) for solution in possible) >= SMALL or covered


@given(tables)
def test_what_is_shown_is_true_and_zeros_are_always_shown(cells: list[list[int]]) -> None:
    if not all(showable([sum(column) for column in zip(*cells, strict=True)])):
        return
    table = protect(cells)
    for line, shown in zip(cells, table.cells, strict=True):
        for value, seen in zip(line, shown, strict=True):
            assert seen in (value, None)
            assert value or seen == 0


def test_nothing_is_hidden_without_need() -> None:
    cells = [[10, 20], [0, 7], [5, 5]]
    table = protect(cells)
    assert table.cells == ((10, 20), (0, 7), (5, 5))
    assert table.row_totals == (30, 7, 10)
    assert (table.column_totals, table.total) == ((15, 32), 47)


def test_one_small_cell_hides_three_others_in_a_square_and_keeps_the_totals() -> None:
    table = protect([[3, 40], [30, 50], [60, 70]])
    assert table.cells == ((None, None), (None, None), (60, 70))
    assert table.row_totals == (43, 80, 130)


def test_a_small_row_hides_its_total_and_another_rows() -> None:
    table = protect([[2, 1], [30, 50], [60, 70]])
    assert table.row_totals[0] is None
    assert sum(total is None for total in table.row_totals) >= 2


def test_large_tables_are_quick() -> None:
    cells = [[(row * 7 + column * 13) % 40 for column in range(12)] for row in range(60)]
    assert protect(cells).total == sum(map(sum, cells))
