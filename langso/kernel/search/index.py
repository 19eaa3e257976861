"""How many documents match, and which come first, asked so that each engine answers quickly."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet, Window

from langso.kernel.search.models import SearchDocument, placed
from langso.kernel.search.rules import fts5_question, tsquery


def number_of_matches(kind: str, beginnings: list[str], *, up_to: int) -> int:
    """How many documents the index holds for these beginnings, counted no further than `up_to`.

    Asks the index alone, which takes a fraction of a millisecond on SQLite; PostgreSQL looks at each row. Documents of
    another kind that shares the partition count as well.
    """
    question, asked = _question(kind, beginnings)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({question} LIMIT %s) AS found", [asked, up_to])  # noqa: S608
        return int(cursor.fetchone()[0])


def ordered_keys(kind: str, beginnings: list[str], *, downwards: bool) -> "QuerySet[SearchDocument, UUID]":
    """The object ids of all that match, in the order of their documents' `sort`."""
    sign = "-" if downwards else ""
    found = SearchDocument.objects.found_by(kind, beginnings).order_by(f"{sign}sort", f"{sign}object_id")
    return found.values_list("object_id", flat=True)


@dataclass(frozen=True, slots=True)
class Most:
    """Up to how many matches are read whole, counted, and sorted at all."""

    read: int
    counted: int
    sorted: int


def first_keys(
    kind: str, beginnings: list[str], *, number: int, downwards: bool, most: Most
) -> tuple[list[UUID], int | None] | None:
    """The first `number` of `ordered_keys`, on PostgreSQL up to `most.read`, and how many documents match in all.

    None instead of the number: more than `most.counted`, as far as one knows. None at all: more than `most.sorted`.
    PostgreSQL goes through all matches both to count and to sort them, so it does it once, and how many they are is
    what its statistics expect. Statistics that are old or missing make a search slow, not wrong.
    """
    keys = ordered_keys(kind, beginnings, downwards=downwards)
    if connection.vendor == "sqlite":
        documents = number_of_matches(kind, beginnings, up_to=most.sorted + 1)
        return (list(keys[:number]), documents) if documents <= most.sorted else None
    expected = _expected(kind, beginnings)
    limit = most.read if expected <= most.read else number
    if expected > most.sorted:
        return None
    if expected > 2 * most.counted:
        found = list(keys[:limit])
        return found, len(found) if len(found) < limit else None
    rows = list(keys.annotate(documents=Window(Count("*"))).values_list("object_id", "documents")[:limit])
    return [key for key, _ in rows], rows[0][1] if rows else 0


def _expected(kind: str, beginnings: list[str]) -> int:
    """How many matches PostgreSQL expects, without looking."""
    question, asked = _question(kind, beginnings)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {question}", [asked])
        plan = cursor.fetchone()[0]
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


def _question(kind: str, beginnings: list[str]) -> tuple[str, str]:
    words = placed(kind, beginnings)
    if connection.vendor == "sqlite":
        return "SELECT rowid FROM search_index WHERE search_index MATCH %s", fts5_question(words)
    documents = "search_searchdocument WHERE array_to_tsvector(string_to_array(words, ' ')) @@ %s::tsquery"
    return f"SELECT 1 FROM {documents}", tsquery(words)  # noqa: S608
