"""Signatures between nodes. Pure: no Django, no database, no clock.

A request carries `Langso: <key id>.<milliseconds since 1970>.<Ed25519 signature>`, over the method, the address with
its query, the time and the SHA-256 of the body. An answer carries `Langso: <signature>` over the status, the request's
own signature and its body, so that it answers this request and no other.
"""

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HEADER: Final = "Langso"
_CREDENTIAL: Final = re.compile(r"([0-9a-f]{16})\.(\d{1,16})\.([A-Za-z0-9_-]{86})")
_SIGNATURE: Final = re.compile(r"[A-Za-z0-9_-]{86}")


@dataclass(frozen=True, slots=True)
class Credential:
    """What the header of a request says. `time_ms` is the sender's, in milliseconds since 1970."""

    key_id: str
    time_ms: int
    signature: str


def key_id(public: bytes) -> str:
    """The short name of a public key: 16 hex digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def public_of(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()


def sign_request(private: Ed25519PrivateKey, *, method: str, target: str, body: bytes, time_ms: int) -> str:
    """The header's value for a request."""
    signature = _text(private.sign(_request_text(method, target, body, time_ms)))
    return f"{key_id(public_of(private))}.{time_ms}.{signature}"


def credential_of(header: str) -> Credential | None:
    """The header's parts, or None when it is none."""
    found = _CREDENTIAL.fullmatch(header)
    return Credential(found[1], int(found[2]), found[3]) if found else None


def request_is_signed(public: bytes, credential: Credential, *, method: str, target: str, body: bytes) -> bool:
    return _is_signed(public, credential.signature, _request_text(method, target, body, credential.time_ms))


def sign_answer(private: Ed25519PrivateKey, *, asked: str, status: int, body: bytes) -> str:
    """The header's value for an answer; `asked` is the whole header of the request."""
    return _text(private.sign(_answer_text(asked, status, body)))


def answer_is_signed(public: bytes, header: str, *, asked: str, status: int, body: bytes) -> bool:
    return bool(_SIGNATURE.fullmatch(header)) and _is_signed(public, header, _answer_text(asked, status, body))


def _is_signed(public: bytes, signature: str, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes(public)).verify(urlsafe_b64decode(signature + "=="), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _request_text(method: str, target: str, body: bytes, time_ms: int) -> bytes:
    return f"langso-link-1\n{method} {target}\n{time_ms}\n{hashlib.sha256(body).hexdigest()}".encode()


def _answer_text(asked: str, status: int, body: bytes) -> bytes:
    return f"langso-link-1 answer\n{status}\n{asked}\n{hashlib.sha256(body).hexdigest()}".encode()


def _text(signature: bytes) -> str:
    return urlsafe_b64encode(signature).decode().rstrip("=")


def proves_key(public: bytes, signature: bytes, before: str) -> bool:
    """Whether the holder of a new key says that it follows the key called `before`."""
    try:
        text = f"langso-link-1 rotate {before}".encode()
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
