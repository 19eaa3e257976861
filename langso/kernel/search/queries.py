"""Find things by the beginnings of their words, without diacritics and in any order, in the open commune."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet

from langso.kernel.any_of import any_of
from langso.kernel.search.index import Most, first_keys, number_of_matches, ordered_keys
from langso.kernel.search.models import SearchDocument
from langso.kernel.search.rules import FEW, SORTED, asked

Row = TypeVar("Row", bound=Model)

PIECE: Final = 900
"""Keys that are looked up at a time."""
READ_AT_FIRST: Final = 100
"""Documents whose keys are read for a first page."""
READ_TO_COUNT: Final = 750
"""Documents that are looked up to count the rows: as a rule enough to say "more than 500"."""
MOST: Final = Most(read=500, counted=READ_TO_COUNT, sorted=SORTED)
"""Where all keys are read at once, the index is not asked again to count the rows."""


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
    without a walk: enough to say "more than 500".
    """

    rows: "QuerySet[Any]"
    matches: Matches
    sample: "QuerySet[Any] | None" = None


@dataclass(frozen=True, slots=True)
class FirstFound(Generic[Row]):
    """The first matching rows in the order of their documents.

    `among` are more of the matching rows, looked up quickly; `everything` says that no others match.
    """

    rows: list[Row]
    among: "QuerySet[Row]"
    everything: bool


def narrow(rows: "QuerySet[Row]", *, kind: str, typed: str) -> Narrowed:
    """The rows whose primary key is among the matches, in a form that suits sorting and paging.

    Few matches: the database looks up just these rows. Many: the database walks the rows in
    their order and asks each one's words, so the first page is there after some dozen rows. A planner left alone
    with one form for both is slow for one of them: SQLite keeps no statistics of words, PostgreSQL none of beginnings.
    """
    beginnings = asked(typed)
    if not beginnings:
        return Narrowed(rows, Matches.NOT_ASKED)
    found = SearchDocument.objects.found_by(kind, beginnings).values_list("object_id", flat=True)
    if number_of_matches(kind, beginnings, up_to=FEW + 1) <= FEW:
        return Narrowed(rows.filter(pk__in=found), Matches.FEW)
    matches = SearchDocument.objects.found_by(kind, beginnings, "scan").filter(object_id=OuterRef("pk"))
    return Narrowed(rows.filter(Exists(matches)), Matches.MANY, sample=rows.filter(pk__in=found[:READ_TO_COUNT]))


def first_found(
    rows: "QuerySet[Row]", *, kind: str, typed: str, number: int, downwards: bool = False
) -> FirstFound[Row] | None:
    """The first `number` of the rows that match, in the order of the documents' `sort`, with no record sorted.

    None when nothing was typed, or so much matches (`rules.SORTED`) that `narrow` is the quicker way.
    """
    beginnings = asked(typed)
    if not beginnings:
        return None
    first = first_keys(kind, beginnings, number=max(2 * number, READ_AT_FIRST), downwards=downwards, most=MOST)
    if first is None:
        return None
    keys, documents = first
    present = _first_present(rows, keys, number)
    if documents is not None and len(keys) >= documents:
        return FirstFound(present, among=rows.filter(any_of("pk", keys)), everything=True)
    if len(present) < number:
        others = ordered_keys(kind, beginnings, downwards=downwards)[len(keys) :]
        present += _first_present(rows, list(others), number - len(present))
    found = SearchDocument.objects.found_by(kind, beginnings).values_list("object_id", flat=True)
    everything = documents is not None and documents <= READ_TO_COUNT
    return FirstFound(present, among=rows.filter(pk__in=found[:READ_TO_COUNT]), everything=everything)


def _first_present(rows: "QuerySet[Row]", keys: list[UUID], number: int) -> list[Row]:
    """The first of these keys' rows, in the order of the keys. Few are missing unless a filter is a rare one."""
    present: list[Row] = []
    start, piece = 0, number + number // 10
    while start < len(keys) and len(present) < number:
        here = rows.in_bulk(keys[start : start + piece])
        present += [here[key] for key in keys[start : start + piece] if key in here]
        start, piece = start + piece, PIECE
    return present[:number]
