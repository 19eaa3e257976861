"""The list itself: reads the address, narrows the rows, and answers as a page or as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_filters.filterset import FilterSet

from langso.kernel import clock
from langso.kernel.errors import Text
from langso.kernel.listing.columns import Cell, Column, Header, cell_of, for_csv, shown
from langso.kernel.search.queries import FirstFound, Matches, Narrowed, first_found, narrow
from langso.kernel.text import fold

Row = TypeVar("Row", bound=Model)

COUNT_UP_TO = 500
"""Counting all of a long list costs more than reading a page of it; nobody reads past this number."""
DEEPEST_BY_DOCUMENTS = 40
"""Pages that are found from the search's documents, with the rows of all pages before."""
LONGEST_SEARCH = 200
LONGEST_NUMBER = 20
PIECE = 2_000
"""So many rows are read at a time for the CSV."""
OWN_NAMES = ("q", "sort", "page", "format")


class Listing(Generic[Row]):
    """Subclass, name the columns, give it a request and the rows that the actor may see."""

    title: ClassVar[Text] = ""
    columns: ClassVar[Sequence[Column[Any]]] = ()
    filterset: ClassVar[type[FilterSet] | None] = None
    search_kind: ClassVar[str] = ""
    """A kind of `kernel.search`, and"""
    search_sort: ClassVar[str] = ""
    """the column by which its documents are sorted; or else"""
    search_fields: ClassVar[Sequence[str]] = ()
    """fields that hold folded text."""
    default_sort: ClassVar[str] = ""
    """A column's name, with "-" in front for the other way round."""
    empty: ClassVar[Text] = ""
    page_size: ClassVar[int] = 25
    csv_allowed: ClassVar[bool] = True

    def __init__(self, request: HttpRequest, rows: QuerySet[Row]) -> None:
        self.request = request
        self.query: QueryDict = request.GET
        self.all_rows = rows
        self.search_value = self.query.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()

    @property
    def table_columns(self) -> list[Column[Any]]:
        return [column for column in self.columns if column.in_table]

    @property
    def can_search(self) -> bool:
        return bool(self.search_kind or self.search_fields)

    @cached_property
    def filters(self) -> FilterSet | None:
        if self.filterset is None:
            return None
        return self.filterset(data=self.query, queryset=self.all_rows, request=self.request)

    @property
    def is_narrowed(self) -> bool:
        """Whether something is searched or filtered: an empty list then says so and offers to show everything."""
        return bool(self.search_value) or self.is_filtered

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is set: a phone then shows the filters, which it folds away otherwise."""
        return any(self.query.get(name) for name in self.filters.form.fields) if self.filters else False

    @cached_property
    def found(self) -> QuerySet[Row]:
        """All rows of the present search and filters, in the present order."""
        return self._searched(self._filtered).order_by(*self._order())

    @cached_property
    def _filtered(self) -> QuerySet[Row]:
        if self.filters is None:
            return self.all_rows
        rows: QuerySet[Row] = self.filters.qs if self.filters.form.is_valid() else self.all_rows.none()
        return rows

    @cached_property
    def _narrowed(self) -> Narrowed:
        return narrow(self._filtered, kind=self.search_kind, typed=self.search_value)

    @cached_property
    def _keys(self) -> list[Any] | None:
        """The keys of all found rows in their order, where they are few matches of a search.

        Reading them without a limit leaves the planner no choice but to look up just these rows and sort them, where a
        limit tempts it to walk the whole table in order; and their number is the count.
        """
        if not self.search_kind or self._first is not None or self._narrowed.matches is not Matches.FEW:
            return None
        return list(self.found.values_list("pk", flat=True))

    @cached_property
    def _first(self) -> FirstFound[Row] | None:
        """The rows up to this page and one more, where the search's documents stand in the order of this list."""
        column, downwards = self.sort
        sorted_alike = bool(self.search_sort) and column is not None and column.name == self.search_sort
        if not sorted_alike or self.page > DEEPEST_BY_DOCUMENTS:
            return None
        return first_found(
            self._filtered,
            kind=self.search_kind,
            typed=self.search_value,
            number=self.page * self.page_size + 1,
            downwards=downwards,
        )

    def _searched(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        if self.search_kind:
            return self._narrowed.rows
        for word in fold(self.search_value).split() if self.search_fields else ():
            anywhere = Q()
            for name in self.search_fields:
                anywhere |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(anywhere)
        return rows

    @cached_property
    def sort(self) -> tuple[Column[Any] | None, bool]:
        """The column that sorts, and whether downwards. An unknown one is the default."""
        sortable = {column.name: column for column in self.columns if column.sort}
        for wanted in (self.query.get("sort", ""), self.default_sort):
            if column := sortable.get(wanted.removeprefix("-")):
                return column, wanted.startswith("-")
        return None, False

    def _order(self) -> tuple[str | OrderBy, ...]:
        """Rows without a value stand last, whichever way one sorts: databases differ in this when left alone."""
        column, downwards = self.sort
        if column is None:
            return ("pk",)
        sign = "-" if downwards else ""
        if not _may_be_null(self.all_rows.model, column.sort):
            return (f"{sign}{column.sort}", f"{sign}pk")
        return (OrderBy(F(column.sort), descending=downwards, nulls_last=True), f"{sign}pk")

    @cached_property
    def page(self) -> int:
        typed = self.query.get("page", "1")[:LONGEST_NUMBER]
        return min(int(typed), 100_000) if typed.isascii() and typed.isdigit() and int(typed) else 1

    @cached_property
    def _window(self) -> list[Row]:
        """The rows of this page and one more, which tells whether there is a next page."""
        start = (self.page - 1) * self.page_size
        window = slice(start, start + self.page_size + 1)
        if self._first is not None:
            return self._first.rows[window]
        if self._keys is None:
            return list(self.found[window])
        keys = self._keys[window]
        rows = self._filtered.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]

    @cached_property
    def rows(self) -> list[list[Cell]]:
        shown_rows = self.presented(self._window[: self.page_size])
        return [[cell_of(column, row) for column in self.table_columns] for row in shown_rows]

    def presented(self, rows: Sequence[Row]) -> Sequence[Any]:
        """What the columns read, one for each row: the rows themselves, unless a list needs more of other domains and
        fetches it here, in bulk, for a page or for a piece of the CSV."""
        return rows

    @cached_property
    def count(self) -> int:
        """How many rows are found, counted no further than `COUNT_UP_TO + 1`."""
        if self.page == 1 and len(self._window) <= self.page_size:
            return len(self._window)
        if self._keys is not None:
            return len(self._keys)
        among: QuerySet[Any] | None = None
        everything = False
        if self._first is not None:
            among, everything = self._first.among, self._first.everything
        elif self.search_kind:
            among = self._narrowed.sample
        counted = among.order_by()[: COUNT_UP_TO + 1].count() if among is not None else 0
        if everything or counted > COUNT_UP_TO:
            return counted
        return self.found.order_by()[: COUNT_UP_TO + 1].count()

    @property
    def count_text(self) -> str:
        if self.count > COUNT_UP_TO:
            return _("more than %(number)s") % {"number": shown(COUNT_UP_TO)}
        return shown(self.count)

    @property
    def headers(self) -> list[Header]:
        by, downwards = self.sort
        made = []
        for column in self.table_columns:
            is_by = by is not None and column.name == by.name
            url = self._url(sort=f"-{column.name}" if is_by and not downwards else column.name) if column.sort else ""
            direction = ("descending" if downwards else "ascending") if is_by else ""
            made.append(Header(column.label, url, direction))
        return made

    @property
    def previous_url(self) -> str:
        return self._url(page=str(self.page - 1), keep=True) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self._url(page=str(self.page + 1), keep=True) if len(self._window) > self.page_size else ""

    @property
    def csv_url(self) -> str:
        return self._url(format="csv") if self.csv_allowed else ""

    @property
    def everything_url(self) -> str:
        return self.request.path

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a search form carries along: the sorting."""
        sort = self.query.get("sort", "")
        return [("sort", sort)] if sort else []

    def _url(self, *, keep: bool = False, **changed: str) -> str:
        """This address with something changed. Anything but turning a page begins at the first page again."""
        query = self.query.copy()
        query.pop("format", None)
        if not keep:
            query.pop("page", None)
        for name, value in changed.items():
            query[name] = value
        return f"{self.request.path}?{query.urlencode()}"

    def respond(self, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """The page with `listing` in its context, or the CSV of everything found when the address asks for it."""
        if self.query.get("format") == "csv" and self.csv_allowed:
            return self.csv()
        return render(self.request, template, {**(context or {}), "listing": self})

    def csv(self) -> HttpResponse:
        """Every row of the present search and filters, in UTF-8 with the mark that spreadsheets need."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        columns = [column for column in self.columns if column.in_csv]
        writer.writerow([str(column.label) for column in columns])
        rows = self.found.iterator(chunk_size=PIECE)
        while piece := list(islice(rows, PIECE)):
            writer.writerows([for_csv(column.value(row)) for column in columns] for row in self.presented(piece))
        answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
        name = f"{slugify(fold(str(self.title))) or 'list'}-{clock.today().isoformat()}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "no-store"
        return answer


def _may_be_null(model: type[Model], field: str) -> bool:
    try:
        return bool(model._meta.get_field(field).null)
    except FieldDoesNotExist:
        return False
