"""What the services made once in this process, put back row by row for every test after: the same state, 20 times
sooner. Whatever a test does to it ends with the test's own rollback."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection

Made = TypeVar("Made")
Row = tuple[Any, ...]


class KeptRows(Generic[Made]):
    """`kept()` runs `make` the first time and remembers the rows it added; later it adds the same rows."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self.make = make
        self.tables: dict[str, tuple[list[str], list[Row]]] = {}
        self.made: Made | None = None

    def kept(self) -> Made:
        if self.made is not None:
            self._put_back()
            return self.made
        before = {table: set(rows) for table, (_columns, rows) in _all_rows().items()}
        self.made = self.make()
        for table, (columns, rows) in _all_rows().items():
            added = [row for row in rows if row not in before[table]]
            assert len(rows) == len(before[table]) + len(added), f"{table}: a row was changed, not only added"
            if added:
                self.tables[table] = (columns, added)
        return self.made

    def _put_back(self) -> None:
        with connection.cursor() as cursor:
            for table, (columns, rows) in self.tables.items():
                names = ", ".join(map(connection.ops.quote_name, columns))
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})", rows)


def _all_rows() -> dict[str, tuple[list[str], list[Row]]]:
    tables = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return tables
