"""The worker between its tasks. What it does with tasks, listeners and signals is shown by nodes that run."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from langso.site.worker import COUNT_AGAIN_AFTER, Worker

pytestmark = pytest.mark.django_db


def counted(worker: Worker, *, read_to: int | None) -> int:
    """How often the database counts its tables when the worker has read so far."""
    worker.read_to = read_to
    with CaptureQueriesContext(connection) as asked:
        worker._count_again()
    return sum(query["sql"] == "ANALYZE" for query in asked)


def test_tables_are_counted_again_only_after_much_was_written() -> None:
    worker = Worker("test")
    assert counted(worker, read_to=None) == 0
    assert counted(worker, read_to=COUNT_AGAIN_AFTER - 1) == 0
    assert counted(worker, read_to=COUNT_AGAIN_AFTER) == 1
    assert counted(worker, read_to=COUNT_AGAIN_AFTER) == 0
    assert counted(worker, read_to=2 * COUNT_AGAIN_AFTER - 1) == 0
    assert counted(worker, read_to=2 * COUNT_AGAIN_AFTER) == 1
