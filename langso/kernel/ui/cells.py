"""The cells of a list as HTML, written directly: a page holds a hundred, and a template for each of them took a
third of its time."""

from collections.abc import Callable, Sequence

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from langso.kernel.errors import Text
from langso.kernel.listing.columns import Cell

Badge = Callable[[str, Text], SafeString]


def cells_html(row: Sequence[Cell], badge: Badge) -> SafeString:
    """The `<td>`s of one row; each says its column, which is all the heading that a phone shows."""
    return mark_safe("".join(_cell(cell, badge) for cell in row))  # noqa: S308


def _cell(cell: Cell, badge: Badge) -> str:
    number = ' class="number"' if cell.is_number else ""
    return f'<td role="cell" data-label="{conditional_escape(cell.label)}"{number}>{_content(cell, badge)}</td>'


def _content(cell: Cell, badge: Badge) -> str:
    told = badge(cell.level, cell.text) if cell.level else conditional_escape(cell.text)
    if not cell.url:
        return told
    return f'<a href="{conditional_escape(cell.url)}">{told or "–"}</a>'
