"""Find things by the beginnings of their words, without diacritics and in any order, in the open commune."""

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from langso.kernel.search.models import SearchDocument
from langso.kernel.search.rules import asked

Row = TypeVar("Row", bound=Model)

FEW = 1000


def matching(*, kind: str, typed: str) -> "QuerySet[SearchDocument, UUID]":
    """The object ids of a kind that have all typed words, for `.filter(pk__in=…)`; all of them when nothing was typed.

    A list that is sorted and paged should use `narrow`, which stays quick when half of the register matches.
    """
    return SearchDocument.objects.found_by(kind, asked(typed)).values_list("object_id", flat=True)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """`many` is true when more than `FEW` things of the kind match, whatever else the rows were filtered by."""

    rows: "QuerySet[Any]"
    many: bool


def narrow(rows: "QuerySet[Row]", *, kind: str, typed: str) -> Narrowed:
    """The rows whose primary key is among the matches, in a form that suits sorting and paging.

    Few matches: their ids are read now and the database looks up just these rows. Many: the database walks the rows in
    their order and asks of each whether it matches, so the first page is there after a few dozen rows. Whichever of the
    two a planner picks by itself is slow for the other case, and SQLite keeps no statistics of words.
    """
    beginnings = asked(typed)
    if not beginnings:
        return Narrowed(rows, many=False)
    found = SearchDocument.objects.found_by(kind, beginnings)
    ids = list(found.values_list("object_id", flat=True)[: FEW + 1])
    if len(ids) <= FEW:
        return Narrowed(rows.filter(pk__in=ids), many=False)
    return Narrowed(rows.filter(Exists(found.filter(object_id=OuterRef("pk")))), many=True)
