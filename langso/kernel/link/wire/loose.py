"""Single entries as JSON: what goes down from a hub, and what stands in quarantine.

Of what goes down a box gets a choice, so there is no chain to follow: each entry carries its commitment, which is
proved from the body, and the answer as a whole carries the hub's signature.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from langso.kernel.journal import chain
from langso.kernel.journal.travel import Travelling
from langso.kernel.link.wire import squeeze
from langso.kernel.link.wire.batch import ERASED
from langso.kernel.link.wire.errors import Malformed

TEXTS: Final = {"node": 36, "epoch": 36, "commune": 5, "to": 5, "kind": 120}


def to_json(entry: Travelling) -> dict[str, Any]:
    """The entry as a JSON object."""
    return {
        "id": str(entry.id),
        **{name: getattr(entry, name) for name in (*TEXTS, "seq", "reach", "body")},
        "actor": str(entry.actor or ""),
        "on_behalf_of": str(entry.on_behalf_of or ""),
        "recorded_at": entry.recorded_at.isoformat(timespec="microseconds"),
        "occurred_at": entry.occurred_at.isoformat(timespec="microseconds") if entry.occurred_at else "",
        "salt": entry.salt.hex(),
        "commitment": entry.commitment.hex(),
        "travel_chain": entry.travel_chain.hex(),
    }


def from_json(said: Any) -> Travelling:
    """The entry again. Raises `Malformed`, also when the commitment is not the one of the body."""
    try:
        entry = Travelling(
            id=UUID(said["id"]),
            **{name: _text(said[name], longest) for name, longest in TEXTS.items()},
            seq=_whole(said["seq"], 2**62),
            reach=_whole(said["reach"], 3),
            body=_object(said["body"]),
            actor=UUID(said["actor"]) if said["actor"] else None,
            on_behalf_of=UUID(said["on_behalf_of"]) if said["on_behalf_of"] else None,
            recorded_at=_moment(said["recorded_at"]),
            occurred_at=_moment(said["occurred_at"]) if said["occurred_at"] else None,
            salt=_bytes(said["salt"], chain.SALT) if said["salt"] else b"",
            commitment=_bytes(said["commitment"], 32),
            travel_chain=_bytes(said["travel_chain"], 32),
        )
        kept = chain.commitment(entry.salt, entry.body) == entry.commitment if entry.salt else entry.body == ERASED
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as broken:
        raise Malformed(f"no entry: {broken}"[:200]) from None
    if not kept:
        raise Malformed("an entry's body is not the one that was written")
    return entry


def pack_document(document: Mapping[str, Any]) -> bytes:
    """A JSON object, squeezed."""
    return squeeze.pack(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())


def unpack_document(data: bytes) -> dict[str, Any]:
    """The JSON object again. Raises `Malformed`."""
    text = squeeze.unpack(data)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise Malformed(f"no JSON: {broken}"[:200]) from None
    if not isinstance(document, dict) or b"\\u0000" in text:
        raise Malformed("no document")
    return document


def entries_of(document: Mapping[str, Any]) -> list[tuple[int, Travelling]]:
    """The entries of an answer that goes down, each with its position at the hub. Raises `Malformed`."""
    rows: Sequence[Any] = document.get("entries", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == 2 for row in rows):
        raise Malformed("no list of entries")
    return [(_whole(position, 2**62), from_json(said)) for position, said in rows]


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or not (value.isascii() and value.isprintable()):
        raise Malformed("a text is too long, or holds what it may not")
    return value


def _whole(value: Any, most: int) -> int:
    if type(value) is not int or not 0 < value <= most:
        raise Malformed("a number is out of range")
    return value


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed("a body is no object")
    return value


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


def _bytes(value: str, length: int) -> bytes:
    found = bytes.fromhex(value)
    if len(found) != length:
        raise Malformed("a hash or salt has the wrong length")
    return found
