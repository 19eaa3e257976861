"""Hashes of the journal. Pure: no Django, no database.

Every hash is SHA-256. A commitment is `H(salt || JCS(body))` (RFC 8785), so a short or guessable body cannot be found
by trial once its salt is gone. A link is `H(hash of the entry before || JCS(envelope))`. The chain of what travels
covers the body's commitment; the node's own chain covers besides it the commitment of what is said at home only.
"""

import hashlib
import hmac
from collections.abc import Mapping
from contextlib import suppress
from json import JSONEncoder
from typing import Any, Final

import rfc8785

GENESIS = bytes(32)

SALT: Final = 16
"""Bytes of salt of one commitment."""
RUN: Final = 100
"""Travelling entries whose salts come from one seed: a hundred salts then weigh on the wire what one does."""
LARGEST_INTEGER: Final = 2**53 - 1
"""Beyond it RFC 8785 knows no integers."""
_PLAIN: Final = JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def commitment(salt: bytes, body: Mapping[str, Any]) -> bytes:
    """The salted commitment of an event's body, or of what is said aside (32 bytes)."""
    return hashlib.sha256(salt + canonical(body)).digest()


def salt_of(seed: bytes, seq: int) -> bytes:
    """The body's salt of the travelling entry with this sequence, from the seed of its run (16 bytes)."""
    return hmac.digest(seed, seq.to_bytes(8, "big"), "sha256")[:SALT]


def run_of(seq: int) -> int:
    """The number of the run that a sequence belongs to: the first is 0."""
    return (seq - 1) // RUN


def link(previous: bytes, envelope: Mapping[str, Any]) -> bytes:
    """The next hash of a chain (32 bytes): over the one before and all that an entry says of itself.

    An envelope is made here of texts and small numbers (`envelope_of`), so it needs no look at every value.
    """
    return hashlib.sha256(previous + _PLAIN.encode(envelope).encode()).digest()


def canonical(value: Mapping[str, Any]) -> bytes:
    """The value in the one form of RFC 8785 (JCS).

    Without fractions and with ASCII keys, Python's own encoder writes the same bytes, three times as quickly.
    Everything else, also what has no such form and must be refused, goes to the library.
    """
    if _is_plain(dict(value)):
        with suppress(UnicodeEncodeError):
            return _PLAIN.encode(dict(value)).encode()
    return rfc8785.dumps(dict(value))


def _is_plain(value: object) -> bool:
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, int):
        return -LARGEST_INTEGER <= value <= LARGEST_INTEGER
    # Lists and no generators: this runs for every part of every entry.
    if isinstance(value, dict):
        return all([isinstance(key, str) and key.isascii() and _is_plain(held) for key, held in value.items()])  # noqa: C419
    return isinstance(value, list | tuple) and all([_is_plain(held) for held in value])  # noqa: C419
