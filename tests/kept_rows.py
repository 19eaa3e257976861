"""What services made once in this process, put back row by row for every test after: the same state, twenty times
sooner. Whatever a test does to it ends with the test's own rollback."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar

from django.apps import apps
from django.db import connection

Made = TypeVar("Made")
Given = ParamSpec("Given")
Row = tuple[Any, ...]


@dataclass
class Table:
    name: str
    key: int
    columns: list[str]
    rows: set[Row]


@dataclass
class Change:
    """What was made in one table: keys of rows that are gone or written anew, and rows to add."""

    table: Table
    gone: list[tuple[Any]]
    added: list[Row]

    def put_back(self) -> None:
        quote = connection.ops.quote_name
        columns = ", ".join(map(quote, self.table.columns))
        places = ", ".join(["%s"] * len(self.table.columns))
        with connection.cursor() as cursor:
            if self.gone:
                key = quote(self.table.columns[self.table.key])
                cursor.executemany(f"DELETE FROM {quote(self.table.name)} WHERE {key} = %s", self.gone)
            if self.added:
                cursor.executemany(f"INSERT INTO {quote(self.table.name)} ({columns}) VALUES ({places})", self.added)


class KeptRows(Generic[Given, Made]):
    """`kept(…)` runs `make(…)` the first time and remembers what it did to the tables; later it does the same to them.

    Every call must find the tables as the first one did.
    """

    def __init__(self, make: Callable[Given, Made]) -> None:
        self.make = make
        self.changes: list[Change] | None = None

    def kept(self, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        if self.changes is None:
            before = _tables()
            self.made = self.make(*args, **kwargs)
            self.changes = [_change(before[name], table) for name, table in _tables().items()]
            self.changes = [change for change in self.changes if change.gone or change.added]
        else:
            for change in self.changes:
                change.put_back()
        return self.made


def _change(before: Table, after: Table) -> Change:
    gone = [(row[after.key],) for row in before.rows - after.rows]
    return Change(after, gone, sorted(after.rows - before.rows, key=lambda row: str(row[after.key])))


def _tables() -> dict[str, Table]:
    tables = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            name = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = [column[0] for column in cursor.description]
            tables[name] = Table(name, columns.index(model._meta.pk.column), columns, set(cursor.fetchall()))
    return tables
