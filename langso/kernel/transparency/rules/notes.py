"""Signed notes, checkpoints and cosignatures in the C2SP formats.

Sources: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint, https://c2sp.org/tlog-cosignature (1.0).
A note is a text that ends with a line end, an empty line, and signature lines: an em dash, the signer's name, and in
base64 four bytes that name the key, then the signature.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NOTE_KEY: Final = b"\x01"
"""The kind of key that signs a note (Ed25519)."""
COSIGNATURE_KEY: Final = b"\x04"
"""The kind of key by which a witness signs (Ed25519 with a time)."""
LONGEST_NOTE: Final = 64_000
MOST_SIGNATURES: Final = 100
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_NAME: Final = re.compile(r"[^\s+]+")


class BadNote(Exception):
    """A text that is no note, no checkpoint, or that nobody known has signed."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A signer that is known: name, kind of key, public key of 32 bytes."""

    name: str
    public: bytes
    kind: bytes = NOTE_KEY

    @property
    def key_id(self) -> bytes:
        """Four bytes that name the key: of the SHA-256 of the name, a line end, the kind and the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The key as it is handed on: `name+id+key`."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(self.kind + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Signature:
    """A line under a note: whose it is said to be, and its bytes behind the key's four."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text, with its line end, and what is signed under it."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's word about itself: its origin, how many leaves it has, its root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def read_verifier(text: str) -> Verifier:
    """A key as it was handed on. Raises `BadNote`."""
    try:
        name, said, key = text.strip().split("+", 2)
        raw = b64decode(key, validate=True)
    except ValueError:
        raise BadNote("this is no key") from None
    verifier = Verifier(name, raw[1:], raw[:1])
    if not _NAME.fullmatch(name) or len(raw) != 33 or verifier.key_id.hex() != said:
        raise BadNote("this is no key")
    return verifier


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sign_note(text: str, *, name: str, key: Ed25519PrivateKey) -> str:
    """The text as a note with one signature."""
    signer = Verifier(name, public_bytes(key))
    return f"{text}\n{_line(signer, key.sign(text.encode()))}"


def cosign(note: str, *, name: str, key: Ed25519PrivateKey, time: int) -> str:
    """A witness's signature line for a checkpoint that it has checked; `time` in seconds since 1970."""
    signer = Verifier(name, public_bytes(key), COSIGNATURE_KEY)
    said = _witnessed(read_note(note).text, time)
    return _line(signer, time.to_bytes(8, "big") + key.sign(said))


def read_note(note: str) -> Note:
    """The parts of a note, nothing verified. Raises `BadNote`."""
    text, mark, below = note.rpartition("\n\n")
    if not mark or len(note) > LONGEST_NOTE or not below.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in note):
        raise BadNote("this is no signed note")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise BadNote("this note has too many signatures")
    return Note(text + "\n", tuple(_signature(line) for line in lines))


def verified_text(note: str, verifier: Verifier) -> str:
    """The text of a note that this signer has signed. Raises `BadNote`."""
    read = read_note(note)
    if not any(_is_signed(read.text, each, verifier) for each in read.signatures):
        raise BadNote(f"{verifier.name} has not signed this")
    return read.text


def witnessed_at(note: str, witness: Verifier) -> int:
    """When (seconds since 1970) this witness cosigned the checkpoint. Raises `BadNote`."""
    read = read_note(note)
    for each in read.signatures:
        if each.name == witness.name and each.key_id == witness.key_id and len(each.signature) == 72:
            time = int.from_bytes(each.signature[:8], "big")
            if _verifies(witness, each.signature[8:], _witnessed(read.text, time)):
                return time
    raise BadNote(f"{witness.name} has not witnessed this")


def read_checkpoint(text: str) -> Checkpoint:
    """What a checkpoint says; further lines are let through. Raises `BadNote`."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise BadNote("this is no checkpoint")
    try:
        root = b64decode(lines[2], validate=True)
    except ValueError:
        raise BadNote("this is no checkpoint") from None
    if len(root) != 32:
        raise BadNote("this is no checkpoint")
    return Checkpoint(lines[0], int(lines[1]), root)


def _witnessed(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _line(signer: Verifier, signature: bytes) -> str:
    return f"— {signer.name} {b64encode(signer.key_id + signature).decode()}\n"


def _signature(line: str) -> Signature:
    parts: Sequence[str] = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not _NAME.fullmatch(parts[1]):
        raise BadNote("this is no signed note")
    try:
        raw = b64decode(parts[2], validate=True)
    except ValueError:
        raise BadNote("this is no signed note") from None
    if len(raw) < 5:
        raise BadNote("this is no signed note")
    return Signature(parts[1], raw[:4], raw[4:])


def _is_signed(text: str, each: Signature, verifier: Verifier) -> bool:
    if each.name != verifier.name or each.key_id != verifier.key_id or verifier.kind != NOTE_KEY:
        return False
    return _verifies(verifier, each.signature, text.encode())


def _verifies(verifier: Verifier, signature: bytes, said: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(verifier.public).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True
