"""Hashes of the journal. Pure: no Django, no database.

Every hash is SHA-256. A commitment is `H(salt || JCS(body))` (RFC 8785), so a short or guessable body cannot be found
by trial once its salt is gone. A link is `H(hash of the entry before || JCS(envelope))`.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

GENESIS = bytes(32)


def commitment(salt: bytes, body: Mapping[str, Any]) -> bytes:
    """The salted commitment of an event's body (32 bytes)."""
    return hashlib.sha256(salt + rfc8785.dumps(dict(body))).digest()


def link(previous: bytes, envelope: Mapping[str, Any]) -> bytes:
    """The next hash of a chain (32 bytes): over the one before and all that an entry says of itself."""
    return hashlib.sha256(previous + rfc8785.dumps(dict(envelope))).digest()
