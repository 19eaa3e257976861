"""Django's SQLite with connections that are kept: named as `ENGINE`, so Django looks for `DatabaseWrapper` here.

Under ASGI each request has a thread of its own and would open the file anew: SQLite reads the whole schema again, which
costs more than most pages' questions. PostgreSQL has the driver's pool for this; this is the same for SQLite.
"""

import os
import sqlite3
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoSqlite

MOST_KEPT = 8

# By process, because a forked child must not use its parent's; a list's append and pop are atomic between threads.
_kept: dict[tuple[int, str], list[sqlite3.Connection]] = defaultdict(list)


class DatabaseWrapper(DjangoSqlite):
    """A closed connection waits for the next who asks, unless something was left open in it."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        try:
            connection = _kept[self._pool()].pop()
        except IndexError:
            opened: sqlite3.Connection = super().get_new_connection(conn_params)
            return opened
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _close(self) -> None:
        pool = _kept[self._pool()]
        left_open = self.in_atomic_block or self.connection.in_transaction
        if left_open or self.is_in_memory_db() or len(pool) >= MOST_KEPT:
            super()._close()  # type: ignore[misc]
        else:
            pool.append(self.connection)

    def _pool(self) -> tuple[int, str]:
        return os.getpid(), str(self.settings_dict["NAME"])
