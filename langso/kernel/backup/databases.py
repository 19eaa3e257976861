"""The database as a stream of chunks, and back: SQLite by its online backup, PostgreSQL by `pg_dump`. Free of Django.

SQLite: the copy is made inside one read transaction, so that web and worker go on writing meanwhile. The copy is cut
into runs of pages at fixed places: what did not change since the last snapshot has the same chunks.
PostgreSQL: a dump in its own uncompressed form, of one exported snapshot. What `pg_dump` needs must be installed.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from langso.kernel.backup.failures import BackupFailed
from langso.kernel.backup.folder import BackupFolder
from langso.kernel.backup.manifest import Database, JournalHead
from langso.kernel.backup.sealing import Damaged

RUN: Final = 256 * 1024
"""Bytes of a chunk: 64 pages. Smaller ones save space on a stick but make many thousands of files."""
SQLITE_FILE: Final = "langso.sqlite3"
DUMP_FILE: Final = "langso.pgdump"

HEAD: Final = "SELECT node, epoch, position, seq, chain, travel_chain FROM journal_head"
FILES: Final = "SELECT sha256, thumb FROM files_storedfile"


@dataclass(frozen=True)
class Copy:
    """A copy of the database at one moment: its file, where its journal stood, and which files it names."""

    place: Path
    engine: str
    head: JournalHead
    files: list[str]


def copy_sqlite(source: Path, into: Path) -> Copy:
    """Copy a database that others are writing to. Raises `sqlite3.DatabaseError` when it cannot even be copied."""
    place = into / SQLITE_FILE
    # Nobody else opens the copy: without locks it may lie on a stick or a network mount that knows none.
    with (
        closing(sqlite3.connect(address(source, "mode=rw"), uri=True, timeout=60)) as original,
        closing(sqlite3.connect(address(place, "vfs=unix-none"), uri=True)) as copy,
    ):
        copy.execute("PRAGMA synchronous=OFF")
        original.backup(copy)
    with closing(sqlite3.connect(address(place, "immutable=1"), uri=True)) as copy:
        return Copy(place, "sqlite", *_contents(lambda statement: copy.execute(statement).fetchall()))


def address(place: Path, how: str) -> str:
    """A database file as SQLite's URI."""
    return f"{place.absolute().as_uri()}?{how}"


def dump_postgresql(url: str, into: Path) -> Copy:
    """Dump a database that others are writing to. Raises `BackupFailed` when `pg_dump` is missing or refuses."""
    place, program = into / DUMP_FILE, client("pg_dump")
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        held = connection.execute("SELECT pg_export_snapshot()").fetchone()
        head, files = _contents(lambda statement: connection.execute(statement).fetchall())
        run(
            program, "--format=custom", "--compress=0", "--no-owner", "--no-privileges",
            f"--snapshot={held[0] if held else ''}", f"--file={place}", url,
        )  # fmt: skip
    return Copy(place, "postgresql", head, files)


def client(name: str) -> str:
    """A program of PostgreSQL's client package. Raises `BackupFailed`."""
    found = shutil.which(name)
    if not found:
        raise BackupFailed(
            "client", f"{name} is not installed: this node keeps its records in PostgreSQL and needs its client package"
        )
    return found


def run(*command: str) -> None:
    """Run a program of PostgreSQL's; raises `BackupFailed` with its last words."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupFailed("client", f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")


def _contents(ask: Callable[[Any], list[Any]]) -> tuple[JournalHead, list[str]]:
    heads = ask(HEAD)
    head = JournalHead()
    if heads:
        node, epoch, position, seq, chain, travel_chain = heads[0]
        head = JournalHead(
            node=node,
            epoch=epoch,
            position=position,
            seq=seq,
            chain=bytes(chain).hex(),
            travel_chain=bytes(travel_chain).hex(),
        )
    names = sorted({name for row in ask(FILES) for name in row if name})
    return head, names


def store(copy: Copy, folder: BackupFolder) -> tuple[Database, int]:
    """Put a copy into the folder, run by run; returns its description and the bytes that were new."""
    whole, chunks, added = hashlib.sha256(), [], 0
    for content in runs(copy.place):
        whole.update(content)
        name, written = folder.put(content)
        chunks.append(name)
        added += written
    size = copy.place.stat().st_size
    return Database(engine=copy.engine, size=size, sha256=whole.hexdigest(), chunks=chunks), added


def runs(place: Path) -> Iterator[bytes]:
    with place.open("rb") as stream:
        while content := stream.read(RUN):
            yield content


def assemble(database: Database, folder: BackupFolder, place: Path) -> None:
    """Write the database of a snapshot to a file, flushed to the disk. Raises `Damaged`."""
    whole, size = hashlib.sha256(), 0
    with place.open("wb") as stream:
        for name in database.chunks:
            content = folder.get(name)
            whole.update(content)
            size += stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if whole.hexdigest() != database.sha256 or size != database.size:
        raise Damaged("the database that was put together is not the one that was copied")


def sqlite_faults(place: Path, *, thorough: bool) -> list[str]:
    """What SQLite finds wrong with a database file that nobody writes to; empty when it is whole.

    Thorough: every index is compared with its table, every reference followed.
    """
    try:
        with closing(sqlite3.connect(address(place, "immutable=1"), uri=True)) as copy:
            return pragma_faults(lambda statement: copy.execute(statement).fetchall(), thorough=thorough)
    except sqlite3.DatabaseError as broken:
        return [f"the database file cannot be read: {broken}"]


def pragma_faults(ask: Callable[[str], list[Any]], *, thorough: bool) -> list[str]:
    """The same for an open database; `ask` runs a statement and returns its rows."""
    answers = ask("PRAGMA integrity_check(20)" if thorough else "PRAGMA quick_check(20)")
    faults = [f"the database file: {answer[0]}" for answer in answers if answer[0] != "ok"]
    if thorough and not faults:
        faults += [
            f"table {row[0]}: row {row[1]} refers to a row of {row[2]} that is not there"
            for row in ask("PRAGMA foreign_key_check")[:20]
        ]
    return faults


@contextmanager
def database_beside(url: str, name: str) -> Iterator[str]:
    """An empty database on the same PostgreSQL server, gone afterwards; gives its address."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield url.rsplit("/", 1)[0] + f"/{name}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def load_postgresql(url: str, dump: Path) -> None:
    """Fill an empty PostgreSQL database from a dump, all of it or nothing. Raises `BackupFailed`."""
    run(
        client("pg_restore"),
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        "-d",
        url,
        str(dump),
    )
