"""Where labels stand on paper, in millimetres."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Paper(StrEnum):
    A4_24 = "A4_24"
    ROLL_50X30 = "ROLL_50X30"


@dataclass(frozen=True, slots=True)
class Layout:
    """A page of labels; `left`, `top` is the first label's corner, `step_x`, `step_y` lead from corner to corner."""

    page_width: Decimal
    page_height: Decimal
    columns: int
    rows: int
    label_width: Decimal
    label_height: Decimal
    left: Decimal
    top: Decimal
    step_x: Decimal
    step_y: Decimal
    qr_size: Decimal
    name_height: Decimal
    keeper_height: Decimal
    most_labels: int

    @property
    def per_page(self) -> int:
        return self.columns * self.rows


def _layout(most_labels: int, columns: int, rows: int, **sizes: str) -> Layout:
    return Layout(
        columns=columns, rows=rows, most_labels=most_labels, **{name: Decimal(size) for name, size in sizes.items()}
    )


LAYOUTS: dict[Paper, Layout] = {
    Paper.A4_24: _layout(
        1200,
        columns=3,
        rows=8,
        page_width="210",
        page_height="297",
        label_width="63.5",
        label_height="33.9",
        left="7.25",
        top="12.9",
        step_x="66",
        step_y="33.9",
        qr_size="28",
        name_height="11.5",
        keeper_height="5.5",
    ),
    Paper.ROLL_50X30: _layout(
        1000,
        columns=1,
        rows=1,
        page_width="50",
        page_height="30",
        label_width="50",
        label_height="30",
        left="0",
        top="0",
        step_x="50",
        step_y="30",
        qr_size="22",
        name_height="10.5",
        keeper_height="5",
    ),
}
"""The common sheet of 24 labels (63.5 x 33.9 mm), and a roll of 50 x 30 mm, one label a page."""


def corners(layout: Layout, count: int, start: int = 1) -> Iterator[tuple[int, Decimal, Decimal]]:
    """(page, x, y) of each label's upper left corner; `start` is the first free place on the first sheet, from 1."""
    for place in range(start - 1, start - 1 + count):
        page, index = divmod(place, layout.per_page)
        row, column = divmod(index, layout.columns)
        yield page, layout.left + column * layout.step_x, layout.top + row * layout.step_y
