"""What the same machine does without us: a look-up by key in the same database, the same rows in a bare table."""

import csv
import time
from itertools import islice
from pathlib import Path
from random import Random

from django.db import connection, transaction

from langso.community.people.models import Person
from tests.load.asking import percentile

LOOKUPS = 2_000
AT_ONCE = 500
"""Rows in one transaction: as many as the import engine takes."""


def key_lookups() -> dict[str, float]:
    """Reading one person's row by its key, on an open connection."""
    keys = list(Person.objects.values_list("pk", flat=True)[: 20 * LOOKUPS : 20])
    Random(1).shuffle(keys)
    table, times = Person._meta.db_table, []
    with connection.cursor() as cursor:
        for key in keys:
            given = key.hex if connection.vendor == "sqlite" else key
            begin = time.perf_counter()
            cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [given])
            cursor.fetchone()
            times.append((time.perf_counter() - begin) * 1000)
    ordered = sorted(times)
    return {
        "lookups": len(times),
        "p50_us": round(1000 * ordered[len(ordered) // 2], 1) if times else 0.0,
        "p95_us": round(1000 * ordered[len(ordered) * 95 // 100], 1) if times else 0.0,
        "p95_ms": percentile(times, 95),
    }


def bare_insert(file: str) -> dict[str, float]:
    """The cells of a list by `executemany` into one table with a key and nothing else: no check, index, journal."""
    with Path(file).open(encoding="utf-8-sig", newline="") as text:
        rows = csv.reader(text)
        width = len(next(rows))
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS load_bare")
            columns = ", ".join(f"c{number} TEXT" for number in range(width))
            cursor.execute(f"CREATE TABLE load_bare (id INTEGER PRIMARY KEY, {columns})")
            count, took = _insert(cursor, rows, width)
            cursor.execute("DROP TABLE load_bare")
    return {"rows": count, "seconds": round(took, 2), "rows_per_s": round(count / took)}


def _insert(cursor, rows, width: int) -> tuple[int, float]:  # type: ignore[no-untyped-def]
    sql = f"INSERT INTO load_bare VALUES ({', '.join(['%s'] * (width + 1))})"
    count, begin = 0, time.perf_counter()
    while some := list(islice(rows, AT_ONCE)):
        with transaction.atomic():
            cursor.executemany(sql, [(count + number, *row) for number, row in enumerate(some)])
        count += len(some)
    return count, time.perf_counter() - begin
