"""A commune's rows, table by table, found by looking at the program itself: a new domain moves along unasked."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.apps import apps
from django.db import models

from langso.kernel.access.scope import CommuneModel, every_commune

AT_ONCE: Final = 500
WHY: Final = "the commune that moves is named in each statement"
Row = dict[str, Any]


def tables() -> list[type[CommuneModel]]:
    """Every table of a commune, in the order of their labels. Foreign keys are checked when a transaction ends."""
    found = [model for model in apps.get_models() if issubclass(model, CommuneModel) and not model._meta.proxy]
    return sorted(found, key=lambda model: model._meta.label)


def columns(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    """What is written of a row: every column but keys that a database gives, which mean nothing elsewhere."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if not isinstance(field, models.AutoField | models.BigAutoField) and not getattr(field, "generated", False)
    ]


def rows_of(model: type[models.Model], found: "models.QuerySet[Any]") -> Iterator[Row]:
    """Rows as JSON objects."""
    fields = columns(model)
    for row in found.order_by(model._meta.pk.attname).iterator(chunk_size=AT_ONCE):
        yield {field.attname: to_json(field, row) for field in fields}


def rows_of_commune(model: type[CommuneModel], commune: str) -> Iterator[Row]:
    with every_commune(WHY):
        found = model._base_manager.filter(commune=commune)
        yield from rows_of(model, found)


def to_json(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    value = field.value_from_object(row)
    stored = field.target_field if isinstance(field, models.ForeignKey) else field
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(stored, models.BinaryField):
        return base64.b64encode(bytes(value)).decode()
    # What `value_to_string` makes of a JSON column is JSON; of any other it is text.
    return str(value) if isinstance(field, models.ForeignKey) else field.value_to_string(row)


def from_json(field: "models.Field[Any, Any]", value: Any) -> Any:
    stored = field.target_field if isinstance(field, models.ForeignKey) else field
    if value is None:
        return None
    return base64.b64decode(value) if isinstance(stored, models.BinaryField) else stored.to_python(value)


def store(model: type[models.Model], rows: Iterable[Row]) -> int:
    """Insert rows that `rows_of` wrote; returns how many."""
    fields, count, batch = columns(model), 0, []
    for row in rows:
        batch.append(model(**{field.attname: from_json(field, row[field.attname]) for field in fields}))
        if len(batch) == AT_ONCE:
            count += len(model._base_manager.bulk_create(batch))
            batch = []
    return count + len(model._base_manager.bulk_create(batch))


def remove(commune: str) -> int:
    """Delete every row of a commune, in whatever order: what referred to it goes in the same transaction."""
    count = 0
    with every_commune(WHY):
        for model in tables():
            found = model._base_manager.filter(commune=commune)
            count += found._raw_delete(found.db)
    return count


class Tally:
    """Counts rows and sums up their hashes as they go by: the same rows have the same sum in whatever order."""

    def __init__(self) -> None:
        self.count = self._total = 0

    def line(self, row: Row) -> bytes:
        """The row as it is written: one line."""
        written = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        self.count += 1
        self._total = (self._total + int.from_bytes(hashlib.sha256(written).digest())) % 2**256
        return written

    @property
    def sum(self) -> dict[str, Any]:
        return {"count": self.count, "sum": f"{self._total:064x}"}


def tally(rows: Iterable[Row]) -> dict[str, Any]:
    """`{"count", "sum"}` of rows."""
    counted = Tally()
    for row in rows:
        counted.line(row)
    return counted.sum
