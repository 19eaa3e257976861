"""`insert_many` and `insert_values` store what `bulk_create` stores."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.forms import model_to_dict

from langso.kernel import clock
from langso.kernel.bulk import insert_many, insert_values
from langso.kernel.files.models import StoredFile
from langso.kernel.ids import new_id
from langso.kernel.imports.models import ImportRun, Outcome, RowResult
from langso.kernel.journal.models import Entry
from langso.kernel.search.models import SearchDocument

pytestmark = pytest.mark.django_db


def entry(position: int, **changed: Any) -> Entry:
    values: dict[str, Any] = {
        "position": position,
        "node": "n",
        "epoch": "e",
        "kind": "a.b.c.v1",
        "body": {"name": "Lò Văn An", "quote": 'a"b', "list": [1, None, True]},
        "actor": new_id(),
        "reach": 0,
        "recorded_at": datetime(2026, 11, 21, 23, 59, 59, 123456, tzinfo=UTC),
        "occurred_at": clock.now() - timedelta(days=400),
        "salt": secrets.token_bytes(16),
        "commitment": secrets.token_bytes(32),
        "chain": bytes(32),
    }
    return Entry(**values | changed)


def make_run() -> ImportRun:
    return ImportRun.objects.create(
        importer="x", created_at=clock.now(), file_size=1, file_sha256="", kept_sha256="", heading_row=1, language="vi"
    )


def stored(model: type[models.Model]) -> list[tuple[Any, ...]]:
    """Every column of every row as the database holds it, but for the columns that must differ."""
    names = [field.attname for field in model._meta.local_concrete_fields if not field.unique]
    return list(model._base_manager.order_by("position").values_list(*names))


def test_every_kind_of_column_is_stored_as_bulk_create_stores_it() -> None:
    changed = {"actor": None, "occurred_at": None, "commune": "03390", "reason": "vì “thế”\n"}
    same = {"salt": bytes(16), "commitment": bytes(range(32))}
    insert_many([entry(1, **changed, **same), entry(2, **same, actor=None, occurred_at=None)])
    Entry.objects.bulk_create([entry(3, **changed, **same), entry(4, **same, actor=None, occurred_at=None)])
    one, two, three, four = stored(Entry)
    assert (one, two) == (three, four)
    odd = entry(5)
    insert_many([odd])
    read = model_to_dict(Entry.objects.get(position=5))
    assert {name: bytes(v) if isinstance(v, memoryview) else v for name, v in read.items()} == model_to_dict(odd)
    assert Entry.objects.get(position=5).pk == odd.pk


def test_an_automatic_key_is_given_and_defaults_are_kept() -> None:
    run = make_run()
    insert_many([RowResult(run=run, number=number, outcome=Outcome.ACCEPTED) for number in range(3)])
    rows = list(RowResult.objects.order_by("number"))
    assert [row.number for row in rows] == [0, 1, 2]
    assert len({row.pk for row in rows}) == 3
    assert (rows[0].notes, rows[0].undone, rows[0].commune, rows[0].object_id) == ([], False, "03390", None)


def test_columns_of_our_own_kinds_are_converted_by_themselves() -> None:
    insert_many([SearchDocument(kind="k", object_id=new_id(), words="a b")])
    assert SearchDocument.objects.get().words == "a b"


def test_a_clash_is_an_integrity_error_and_stores_nothing() -> None:
    files = [StoredFile(sha256="a", size=1, content_type="x", name="n", kept_at=clock.now()) for _number in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(files)
    assert not StoredFile.objects.exists()


def test_a_row_that_was_inserted_is_changed_by_saving_it_again() -> None:
    row = entry(1)
    insert_many([row])
    row.reason = "later"
    row.save()
    assert Entry.objects.get().reason == "later"


def test_nothing_to_insert_is_no_fault() -> None:
    insert_many([])


def test_values_without_an_object_are_stored_as_objects_are() -> None:
    """Given columns, defaults that are worked out for each row, and defaults that are the same for all."""
    run = make_run()
    insert_values(RowResult, [{"run_id": run.pk, "number": number, "outcome": Outcome.REFUSED} for number in range(3)])
    rows = list(RowResult.objects.order_by("number"))
    assert [row.number for row in rows] == [0, 1, 2]
    assert {row.commune for row in rows} == {"03390"}
    for row in rows:
        assert (row.notes, row.cells, row.undone, row.key, row.object_id) == ([], [], False, "", None)
    objects = [{"kind": "k", "object_id": new_id(), "words": "a b"} for _ in range(2)]
    insert_values(SearchDocument, objects)
    assert SearchDocument.objects.count() == 2


def test_values_that_are_here_already_are_written_anew_only_where_told() -> None:
    row = {"kind": "k", "object_id": new_id(), "words": "a"}
    unique = ("object_id", "kind", "commune")
    insert_values(SearchDocument, [row], unique=unique, update=("words",))
    insert_values(SearchDocument, [row | {"words": "b"}], unique=unique, update=("words",))
    assert [document.words for document in SearchDocument.objects.all()] == ["b"]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_values(SearchDocument, [row])
    insert_values(SearchDocument, [])
