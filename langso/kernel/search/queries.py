"""Find things by the beginnings of their words, without diacritics and in any order, in the open commune."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from langso.kernel.search.models import SearchDocument
from langso.kernel.search.rules import FEW, asked

Row = TypeVar("Row", bound=Model)


def matching(kind: str, typed: str) -> "QuerySet[SearchDocument, UUID]":
    """The object ids of a kind that have all typed words, for `.filter(pk__in=…)`; all of them when nothing was typed.

    A list that is sorted and paged should use `narrow`, which stays quick when half of the register matches.
    """
    return SearchDocument.objects.found_by(kind, asked(typed)).values_list("object_id", flat=True)


class Matches(Enum):
    """How many things of the kind match, whatever else the rows are filtered by."""

    NOT_ASKED = auto()
    FEW = auto()
    MANY = auto()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """`rows` are those that match.

    Of few, read all keys in their order at once; of many, only the page. `sample` are some of the many rows, found
    without a walk: enough to say "more than 1,000".
    """

    rows: "QuerySet[Any]"
    matches: Matches
    sample: "QuerySet[Any] | None" = None


def narrow(rows: "QuerySet[Row]", *, kind: str, typed: str) -> Narrowed:
    """The rows whose primary key is among the matches, in a form that suits sorting and paging.

    Few matches: the database looks up just these rows. Many: the database walks the rows in
    their order and asks each one's words, so the first page is there after some dozen rows. A planner left alone
    with one form for both is slow for one of them: SQLite keeps no statistics of words, PostgreSQL none of beginnings.
    """
    beginnings = asked(typed)
    if not beginnings:
        return Narrowed(rows, Matches.NOT_ASKED)
    found = SearchDocument.objects.found_by(kind, beginnings, "few_begin").values_list("object_id", flat=True)[
        : FEW + 1
    ]
    if found.count() <= FEW:
        return Narrowed(rows.filter(pk__in=found), Matches.FEW)
    matches = SearchDocument.objects.found_by(kind, beginnings, "scan").filter(object_id=OuterRef("pk"))
    return Narrowed(rows.filter(Exists(matches)), Matches.MANY, sample=rows.filter(pk__in=found))
