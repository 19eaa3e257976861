"""One bit of the database file turns over: it is found, said, shown on the desk, and no backup pretends to be whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.box.boxes import Box, somebody_writes
from tests.faults.box.visitor import Visitor
from tests.node import running_node

pytestmark = pytest.mark.xdist_group("faults")


def rest(box: Box) -> Path:
    """Everything in the one file, nobody there."""
    with closing(sqlite3.connect(box.data / "langso.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return box.data / "langso.sqlite3"


def flip(file: Path, place: int, bit: int = 0) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1 << bit
    file.write_bytes(bytes(content))


def found_in(file: Path, needle: bytes) -> int:
    place = file.read_bytes().rfind(needle)
    assert place > 0, needle
    return place


def root_page_of(file: Path, name: str) -> int:
    """Where the first page of a table or an index begins."""
    with closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    return (int(page) - 1) * int(size)


def test_a_turned_bit_is_found_said_and_shown(box: Box, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with somebody_writes(box) as writer:
        writer.wait_for(25)
        writer.stop()
    assert "read again and whole" in box.langso("backup", "--to", str(stick), "--keep", "1")
    file = rest(box)
    flip(file, found_in(file, b'"name": "B\\u1ea3n No 00017"') + 12)
    said = box.langso("verify", code=1)
    assert "its body is not the one that was written" in said
    assert "journal entry" in said
    said = box.langso("backup", "--to", str(stick), "--keep", "1", code=1)
    assert "NOT WHOLE" in said
    assert "its body is not the one that was written" in said
    listed = box.langso("backup", "list", "--from", str(stick)).splitlines()
    assert [line.split("  ")[-1] for line in listed] == ["whole", "NOT WHOLE"], (
        "the sound one stays, whatever --keep says"
    )
    with running_node(box.data) as node:
        visitor = Visitor(node.address)
        visitor.sign_in("oanh", box.password)
        page = visitor.get("/backup/")[1]
        assert "Records of this node are damaged" in page
        assert "its body is not the one that was written" in page
        assert "Damaged records" in visitor.get("/desk/")[1]
    box.langso("restore", "--from", str(stick), "--data", str(tmp_path / "new"))
    assert Box(tmp_path / "new").numbers() == box.numbers()


@pytest.mark.parametrize("where", ["places_village", "journal_entry_commune", "sqlite_schema"])
def test_a_turned_bit_in_the_structure_is_found(box: Box, where: str) -> None:
    """In the head of a page of a table, of an index, of the schema itself."""
    file = rest(box)
    flip(file, (root_page_of(file, where) if where != "sqlite_schema" else 100) + 3, bit=1)
    said = box.langso("verify", "--only-tell", code=1)
    assert "database" in said
