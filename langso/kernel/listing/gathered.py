"""A list of values that were gathered instead of read from one table: a few thousand at most."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django_filters.filterset import FilterSet

from langso.kernel.listing.lists import Listing
from langso.kernel.text import fold


class Values(list[Any]):
    """Rows in hand, with as much of a query set's manner as a `Listing` and its filters need."""

    model = None

    def all(self) -> "Values":
        return self

    def none(self) -> "Values":
        return Values()

    def iterator(self, chunk_size: int = 0) -> Iterator[Any]:
        return iter(self)


class GatheredFilter(FilterSet):
    """Filters of such a list: each names a `method(rows, name, value)` that returns the rows that are left."""

    def filter_queryset(self, queryset: Any) -> Values:
        rows = queryset
        for name, value in self.form.cleaned_data.items():
            rows = self.filters[name].filter(rows, value)
        return Values(rows)


class Gathered(Listing[Any]):
    """A `Listing` whose columns sort by, and whose search looks in, attributes of the values.

    Search fields hold folded text; values that are None stand last, whichever way one sorts.
    """

    def __init__(self, request: HttpRequest, rows: Sequence[Any]) -> None:
        super().__init__(request, Values(rows))  # type: ignore[arg-type]

    @property
    def found(self) -> Any:
        column, downwards = self.sort
        rows = self._searched(self._filtered)
        if column is None:
            return rows
        known = [row for row in rows if getattr(row, column.sort) is not None]
        known.sort(key=lambda row: getattr(row, column.sort), reverse=downwards)
        return Values([*known, *(row for row in rows if getattr(row, column.sort) is None)])

    def _searched(self, rows: Any) -> Any:
        words = fold(self.search_value).split() if self.search_fields else []
        return Values(row for row in rows if all(self._stands_in(word, row) for word in words))

    def _stands_in(self, word: str, row: Any) -> bool:
        return any(word in getattr(row, name) for name in self.search_fields)

    @property
    def count(self) -> int:
        return len(self.found)
