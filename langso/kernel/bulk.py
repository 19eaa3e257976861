"""Storing many rows at once, several times as quickly as `bulk_create`, which builds one statement out of every value.

SQLite lives in this process, so a prepared statement that is run for each row costs less. PostgreSQL takes rows as a
stream, by `COPY`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Convert = Callable[[Any], Any]

_AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.BinaryField,
)
"""Kinds of columns whose values the drivers take as they stand, with all their children that convert nothing."""


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model whose values are already of their columns' types; `IntegrityError` as everywhere.

    As with `bulk_create`, nobody's `save` is called. An automatic key is not told: give rows a key of their own when it
    is needed.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model)
    _store(model, [_column(rows, name, convert) for _field, name, convert in columns])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def insert_values(
    model: type[models.Model],
    rows: Sequence[Mapping[str, Any]],
    *,
    unique: Sequence[str] = (),
    update: Sequence[str] = (),
) -> None:
    """Insert rows that are given as values by attribute (`household_id`), all with the same ones; the rest has its
    default. To make no object for each row saves as much again as one statement for all of them.

    Where a row with the same `unique` columns is here already, only its `update` columns are written.
    """
    if not rows:
        return
    values = [
        _given(rows, name, convert) if name in rows[0] else _defaults(model, name, convert, len(rows))
        for _field, name, convert in _columns(model)
    ]
    if not update:
        _store(model, values)
        return
    quote = connection.ops.quote_name
    new = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in update)
    clash = f" ON CONFLICT ({', '.join(map(quote, unique))}) DO UPDATE SET {new}"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(_insertion(model) + clash, list(zip(*values, strict=True)))
        else:
            cursor.execute(_insertion_of_columns(model) + clash, values)


def tell_planner() -> None:
    """Let PostgreSQL count the tables that the open transaction made half as large again or more.

    Its plans, those for checking foreign keys too, are kept and made for what was counted last, by itself a minute ago:
    in tables that it believes empty it looks at every row, and the first import of a register took twice as long.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT counted.relname FROM pg_stat_xact_user_tables now JOIN pg_class counted ON counted.oid = now.relid"
            " WHERE now.n_tup_ins > 0 AND now.n_tup_ins >= 0.5 * counted.reltuples"
        )
        grown = [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
        if grown:
            cursor.execute(f"ANALYZE {', '.join(grown)}")


def _store(model: type[models.Model], values: list[list[Any]]) -> None:
    """Insert rows that are given as columns, in the order of `_columns`."""
    rows = zip(*values, strict=True)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(_insertion(model), list(rows))
            return
        table, names = connection.ops.quote_name(model._meta.db_table), _names(model)
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)


def _column(rows: Sequence[models.Model], name: str, convert: Convert | None) -> list[Any]:
    if convert is None:
        return [getattr(row, name) for row in rows]
    return [convert(getattr(row, name)) for row in rows]


def _given(rows: Sequence[Mapping[str, Any]], name: str, convert: Convert | None) -> list[Any]:
    if convert is None:
        return [row[name] for row in rows]
    return [convert(row[name]) for row in rows]


def _defaults(model: type[models.Model], name: str, convert: Convert | None, count: int) -> list[Any]:
    """A column nobody gave: a default that is worked out is worked out for each row, any other once."""
    field = next(field for field in model._meta.local_concrete_fields if field.attname == name)
    times = count if callable(field.default) else 1
    made = [field.get_default() for _ in range(times)]
    stored = made if convert is None else [convert(value) for value in made]
    return stored if times == count else stored * count


@cache
def _columns(model: type[models.Model]) -> list[tuple[str, str, Convert | None]]:
    """For each column its name, its attribute, and what turns an attribute's value into the driver's."""
    return [(str(field.column), field.attname, _converter(field)) for field in _fields(model)]


def _fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.local_concrete_fields if not _is_given_by_database(field)]


def _names(model: type[models.Model]) -> str:
    return ", ".join(connection.ops.quote_name(column) for column, _attribute, _convert in _columns(model))


@cache
def _insertion(model: type[models.Model]) -> str:
    places = ", ".join(["%s"] * len(_columns(model)))
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({_names(model)}) VALUES ({places})"  # noqa: S608


@cache
def _insertion_of_columns(model: type[models.Model]) -> str:
    """One statement for all rows, which are given as an array for each column."""
    types = [field.db_type(connection) for field in _fields(model)]
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({_names(model)}) SELECT * FROM unnest({arrays})"  # noqa: S608


def _is_given_by_database(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField) or bool(getattr(field, "generated", False))


def _converter(field: "models.Field[Any, Any]") -> Convert | None:
    """What Django's own field would do to a value, without asking it again for each row where that is known."""
    database = connections[DEFAULT_DB_ALIAS]
    stored = field.target_field if isinstance(field, models.ForeignKey) else field
    kind = type(stored)
    if kind is models.UUIDField:
        return None if database.features.has_native_uuid_field else _hexadecimal
    if kind is models.DateField:
        return _day if database.vendor == "sqlite" else None
    if kind is models.DateTimeField:
        return database.ops.adapt_datetimefield_value if database.vendor == "sqlite" else None
    if isinstance(stored, models.JSONField) and stored.encoder is None and not _converts(kind):
        return lambda value: None if value is None else json.dumps(value)
    if isinstance(stored, _AS_THEY_ARE) and not _converts(kind):
        return None
    return lambda value: field.get_db_prep_save(value, database)


def _day(value: Any) -> str | None:
    return None if value is None else value.isoformat()


def _hexadecimal(value: Any) -> str | None:
    return None if value is None else value.hex


def _converts(kind: "type[models.Field[Any, Any]]") -> bool:
    """Whether a kind of column does more to a value than Django's own kinds do."""
    own = next(base for base in kind.__mro__ if base.__module__.startswith("django.db.models"))
    names = ("get_prep_value", "get_db_prep_value", "get_db_prep_save", "pre_save")
    return any(getattr(kind, name) is not getattr(own, name) for name in names)
