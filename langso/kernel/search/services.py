"""Keep the search index. A domain calls these inside its own service, so index and record change together.

The commune is the open one. The index holds nothing that cannot be made again from the records, so it emits no events.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from langso.kernel.access.scope import open_commune
from langso.kernel.bulk import insert_values
from langso.kernel.search.models import SearchDocument
from langso.kernel.search.rules import indexed

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Document:
    """A thing, the words it is found by (as typed, any case and accents), and what lists of its kind are sorted by."""

    object_id: UUID
    text: str
    sort: str = ""


def put(*, kind: str, object_id: UUID, text: str, sort: str = "") -> None:
    """Let a thing be found by the words of `text`, and by no others than these."""
    put_many(kind=kind, documents=[Document(object_id, text, sort)])


def put_many(*, kind: str, documents: Iterable[Document]) -> None:
    """`put` for many; of two with the same id the last one counts."""
    commune = open_commune()
    last = {document.object_id: document for document in documents}
    rows = [
        {
            "commune": commune,
            "kind": kind,
            "object_id": document.object_id,
            "words": indexed(commune, kind, document.text),
            "sort": document.sort,
        }
        for document in last.values()
    ]
    with transaction.atomic():
        insert_values(SearchDocument, rows, unique=("object_id", "kind", "commune"), update=("words", "sort"))


def remove(*, kind: str, object_id: UUID) -> None:
    """Let a thing no longer be found; nothing happens when it was not there."""
    remove_many(kind=kind, object_ids=[object_id])


def remove_many(*, kind: str, object_ids: Iterable[UUID]) -> None:
    """`remove` for many."""
    ids = list(object_ids)
    with transaction.atomic():
        for start in range(0, len(ids), ROWS_AT_ONCE):
            SearchDocument.objects.filter(kind=kind, object_id__in=ids[start : start + ROWS_AT_ONCE]).delete()
