"""Connections that are kept: used again, never shared, never with something left open."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import ConnectionHandler
from pytest_django.plugin import DjangoDbBlocker

from langso.kernel.sqlite import base


def database(folder: Path) -> dict[str, Any]:
    return {
        "ENGINE": "langso.kernel.sqlite",
        "NAME": folder / "kept.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"},
    }


@pytest.fixture(autouse=True)
def files_of_their_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """These tests open databases in folders of their own, never the run's."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def store(tmp_path: Path) -> Iterator[base.DatabaseWrapper]:
    handler = ConnectionHandler({"default": database(tmp_path)})
    wrapper: base.DatabaseWrapper = handler["default"]  # type: ignore[assignment]
    wrapper.inc_thread_sharing()
    yield wrapper
    wrapper.close()
    for connection in base._kept.pop(wrapper._pool(), []):
        connection.close()


def opened(store: base.DatabaseWrapper) -> object:
    store.ensure_connection()
    return store.connection


def test_a_closed_connection_is_used_again(store: base.DatabaseWrapper) -> None:
    first = opened(store)
    store.close()
    assert store.connection is None
    assert opened(store) is first


def test_two_never_hold_the_same_connection(tmp_path: Path, store: base.DatabaseWrapper) -> None:
    other: base.DatabaseWrapper = ConnectionHandler({"default": database(tmp_path)})["default"]  # type: ignore[assignment]
    assert opened(store) is not opened(other)
    other.close()


def test_what_was_left_open_is_closed_for_good(store: base.DatabaseWrapper) -> None:
    with store.cursor() as cursor:
        cursor.execute("CREATE TABLE t (n)")
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("INSERT INTO t VALUES (1)")
    first = opened(store)
    store.close()
    assert opened(store) is not first
    with store.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM t").fetchone() == (0,)


def test_foreign_keys_are_held_whatever_was_said_before(store: base.DatabaseWrapper) -> None:
    with store.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
    store.close()
    with store.cursor() as cursor:
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_no_more_than_a_few_are_kept(tmp_path: Path, store: base.DatabaseWrapper) -> None:
    wrappers = [ConnectionHandler({"default": database(tmp_path)})["default"] for _ in range(base.MOST_KEPT + 3)]
    for wrapper in wrappers:
        wrapper.ensure_connection()
    for wrapper in wrappers:
        wrapper.close()
    assert len(base._kept[store._pool()]) == base.MOST_KEPT


def test_threads_after_each_other_share_one(tmp_path: Path) -> None:
    """As requests under ASGI: each has a thread that ends."""
    handler = ConnectionHandler({"default": database(tmp_path)})
    seen = []

    def request() -> None:
        wrapper = handler["default"]
        wrapper.ensure_connection()
        seen.append(id(wrapper.connection))
        wrapper.close()

    for _ in range(5):
        thread = threading.Thread(target=request)
        thread.start()
        thread.join()
    assert len(set(seen)) == 1
