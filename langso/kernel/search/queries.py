"""Find things by the beginnings of their words, without diacritics and in any order, in the open commune."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from langso.kernel.search.models import SearchDocument, number_of_matches
from langso.kernel.search.rules import FEW, SORTED, asked

Row = TypeVar("Row", bound=Model)

PIECE: Final = 900
"""Keys that are looked up at a time."""


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
    without a walk: enough to say "more than 1,000". `documents` are the keys of all matches, of the kind's rows and of
    others that `rows` leaves out, unsorted; None when nothing was typed or very many match.
    """

    rows: "QuerySet[Any]"
    matches: Matches
    sample: "QuerySet[Any] | None" = None
    documents: "QuerySet[SearchDocument, UUID] | None" = None


def narrow(rows: "QuerySet[Row]", *, kind: str, typed: str) -> Narrowed:
    """The rows whose primary key is among the matches, in a form that suits sorting and paging.

    Few matches: the database looks up just these rows. Many: the database walks the rows in
    their order and asks each one's words, so the first page is there after some dozen rows. A planner left alone
    with one form for both is slow for one of them: SQLite keeps no statistics of words, PostgreSQL none of beginnings.
    """
    beginnings = asked(typed)
    if not beginnings:
        return Narrowed(rows, Matches.NOT_ASKED)
    number = number_of_matches(kind, beginnings, up_to=SORTED + 1)
    found = SearchDocument.objects.found_by(kind, beginnings).values_list("object_id", flat=True)
    documents = found if number <= SORTED else None
    if number <= FEW:
        return Narrowed(rows.filter(pk__in=found), Matches.FEW, documents=documents)
    matches = SearchDocument.objects.found_by(kind, beginnings, "scan").filter(object_id=OuterRef("pk"))
    return Narrowed(
        rows.filter(Exists(matches)), Matches.MANY, sample=rows.filter(pk__in=found[: FEW + 1]), documents=documents
    )


def first_of(
    rows: "QuerySet[Row]", documents: "QuerySet[SearchDocument, UUID]", *, number: int, downwards: bool = False
) -> list[Row]:
    """The first `number` of the rows whose key is among the documents, in the order of the documents' `sort`.

    Reads a few more than that first, which is enough unless the rows are filtered by something rare.
    """
    sign = "-" if downwards else ""
    ordered = documents.order_by(f"{sign}sort", f"{sign}object_id")
    first = 2 * number
    found = _present(rows, list(ordered[:first]))
    if len(found) < number:
        rest = list(ordered[first:])
        for start in range(0, len(rest), PIECE):
            found += _present(rows, rest[start : start + PIECE])
            if len(found) >= number:
                break
    return found[:number]


def _present(rows: "QuerySet[Row]", keys: list[UUID]) -> list[Row]:
    """Those of the rows that these keys name, in the order of the keys."""
    here = rows.in_bulk(keys)
    return [here[key] for key in keys if key in here]
