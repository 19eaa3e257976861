"""Keep the search index. A domain calls these inside its own service, so index and record change together.

The commune is the open one. The index holds nothing that cannot be made again from the records, so it emits no events.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from langso.kernel.access.scope import open_commune
from langso.kernel.bulk import insert_values
from langso.kernel.search.models import SearchDocument
from langso.kernel.search.rules import indexed

ROWS_AT_ONCE = 1000


def put(*, kind: str, object_id: UUID, text: str) -> None:
    """Let a thing be found by the words of `text` (as typed, any case and accents), and by no others than these."""
    put_many(kind=kind, documents=[(object_id, text)])


def put_many(*, kind: str, documents: Iterable[tuple[UUID, str]]) -> None:
    """`put` for many: pairs of object id and text; of two with the same id the last one counts."""
    commune = open_commune()
    words = {object_id: indexed(commune, kind, text) for object_id, text in documents}
    rows = [
        {"commune": commune, "kind": kind, "object_id": object_id, "words": found} for object_id, found in words.items()
    ]
    with transaction.atomic():
        insert_values(SearchDocument, rows, unique=("object_id", "kind", "commune"), update=("words",))


def remove(*, kind: str, object_id: UUID) -> None:
    """Let a thing no longer be found; nothing happens when it was not there."""
    remove_many(kind=kind, object_ids=[object_id])


def remove_many(*, kind: str, object_ids: Iterable[UUID]) -> None:
    """`remove` for many."""
    ids = list(object_ids)
    with transaction.atomic():
        for start in range(0, len(ids), ROWS_AT_ONCE):
            SearchDocument.objects.filter(kind=kind, object_id__in=ids[start : start + ROWS_AT_ONCE]).delete()
