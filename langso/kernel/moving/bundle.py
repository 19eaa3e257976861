"""Everything of a commune in one file: a ZIP archive whose manifest counts and hashes each part and is signed.

manifest.json     who, from where, to where; of each part how many rows and the sum of their hashes
signature         Ed25519 of the node that it leaves, over the manifest
tables/<label>    rows, one JSON object a line          accounts/<label>  the same
journal           entries, one JSON object a line       files/<sha256>    kept files
"""

import base64
import hashlib
import json
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from langso.kernel.moving.refusals import BadBundle, OtherVersion
from langso.kernel.moving.tables import Row, Tally

FORMAT: Final = 1
LARGEST_MANIFEST: Final = 4 * 1024 * 1024
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, RuntimeError)
"""What reading a damaged archive may end with; `RuntimeError` where a turned bit says that it is encrypted."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """An open bundle whose manifest was proved."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]
    sha256: str

    def prove(self) -> None:
        """Read every part once: nothing of a bundle is believed before all of it is what its manifest says.

        Raises `BadBundle`.
        """
        for part in self.manifest["parts"]:
            deque(self.rows(part), maxlen=0)

    def rows(self, part: str) -> Iterator[Row]:
        """The rows of a part, as they were written. Raises `BadBundle` at its end when they are not."""
        told, counted = self.manifest["parts"].get(part), Tally()
        if told is None:
            return
        try:
            with self.archive.open(part) as stream:
                for line in stream:
                    row = json.loads(line)
                    counted.line(row)
                    yield row
        except DAMAGED as broken:
            raise BadBundle() from broken
        if counted.sum != told:
            raise BadBundle()

    def files(self) -> Iterator[bytes]:
        """The kept files. Raises `BadBundle` for one that is not what it is called."""
        for sha256 in self.manifest["files"]:
            try:
                content = self.archive.read(f"files/{sha256}")
            except DAMAGED as broken:
                raise BadBundle() from broken
            if hashlib.sha256(content).hexdigest() != sha256:
                raise BadBundle()
            yield content


class Writer:
    """Writes a bundle part by part; `finish` signs it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.touch(mode=0o600)
        self._archive = zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED)
        self.parts: dict[str, dict[str, Any]] = {}
        self.kept: list[str] = []

    def part(self, name: str, rows: Iterable[Row]) -> int:
        counted = Tally()
        with self._archive.open(name, "w", force_zip64=True) as stream:
            for row in rows:
                stream.write(counted.line(row))
        self.parts[name] = counted.sum
        return counted.count

    def file(self, sha256: str, content: bytes) -> None:
        self._archive.writestr(f"files/{sha256}", content, zipfile.ZIP_STORED)
        self.kept.append(sha256)

    def finish(self, key: Ed25519PrivateKey, **said: Any) -> str:
        """Write manifest and signature; returns the manifest's SHA-256, which names all of it."""
        manifest = {
            "format": FORMAT,
            "migrations": applied_migrations(),
            "parts": self.parts,
            "files": self.kept,
            **said,
        }
        text = json.dumps(manifest, sort_keys=True).encode()
        self._archive.writestr("manifest.json", text)
        self._archive.writestr("signature", key.sign(b"langso-move-1\n" + text))
        self._archive.close()
        return hashlib.sha256(text).hexdigest()


def open_bundle(stream: IO[bytes] | Path, public: Iterable[bytes]) -> Bundle:
    """A bundle signed by one of these keys, for this program's tables. Raises `BadBundle`, `OtherVersion`."""
    try:
        archive = zipfile.ZipFile(stream)
        if archive.getinfo("manifest.json").file_size > LARGEST_MANIFEST:
            raise BadBundle()
        text, signature = archive.read("manifest.json"), archive.read("signature")
        manifest = json.loads(text)
    except DAMAGED as broken:
        raise BadBundle() from broken
    if not any(_is_signed(key, signature, text) for key in public):
        raise BadBundle()
    if manifest["format"] != FORMAT or manifest["migrations"] != applied_migrations():
        raise OtherVersion()
    return Bundle(archive, manifest, hashlib.sha256(text).hexdigest())


def _is_signed(key: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes(key)).verify(signature, b"langso-move-1\n" + text)
    except (InvalidSignature, ValueError):
        return False
    return True


def applied_migrations() -> str:
    """The form of this node's tables, as one hash: a bundle fits where it is the same."""
    applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    return hashlib.sha256("\n".join(applied).encode()).hexdigest()


def entry_to_json(entry: dict[str, Any]) -> Row:
    """A journal entry's columns as JSON: bytes in base64, times and ids as text."""
    return {name: _plain(value) for name, value in entry.items()}


def entry_from_json(row: Row) -> dict[str, Any]:
    """The other way round."""
    made = dict(row)
    for name in ("id", "actor", "on_behalf_of"):
        made[name] = UUID(row[name]) if row[name] else None
    for name in ("recorded_at", "occurred_at"):
        made[name] = datetime.fromisoformat(row[name]) if row[name] else None
    for name in ("salt", "commitment", "aside", "travel_chain"):
        made[name] = None if row[name] is None else base64.b64decode(row[name])
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
