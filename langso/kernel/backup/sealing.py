"""Names and wrapping of what lies in a backup folder: plain, or encrypted under a passphrase.

Plain: a chunk is named by its SHA-256. With a passphrase: scrypt (RFC 7914) makes two keys, one for AES-256-GCM, one
for the names (HMAC-SHA-256), so that neither content nor the hash of a known file can be found in the folder.
"""

import hashlib
import hmac
import secrets
import zlib
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from langso.kernel import env
from langso.kernel.backup.failures import BackupFailed

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of one chunk when it is unpacked: the largest kept file and room to spare."""
_DEFLATED, _PLAIN = b"Z", b"R"
_NONCE: Final = 12
_COST: Final = {"n": 2**15, "r": 8, "p": 1}


class Damaged(Exception):
    """What lies in the backup folder is not what was written there."""


def passphrase() -> str:
    """The setting; asked for here because a restore runs before there is a node."""
    return env.text(
        "LANGSO_BACKUP_PASSPHRASE",
        "",
        "Encrypts backups; empty leaves them readable to who has the folder.",
        secret=True,
    )


@dataclass(frozen=True)
class Seal:
    """How chunks are named and wrapped. Without keys they are only compressed."""

    content_key: bytes = b""
    name_key: bytes = b""

    def name_of(self, content: bytes) -> str:
        """64 hexadecimal digits that only this content has."""
        if self.name_key:
            return hmac.new(self.name_key, content, hashlib.sha256).hexdigest()
        return hashlib.sha256(content).hexdigest()

    def wrap(self, content: bytes) -> bytes:
        """Compressed where that saves something, then encrypted where there is a key."""
        deflated = zlib.compress(content, 3)
        packed = _DEFLATED + deflated if len(deflated) < len(content) else _PLAIN + content
        if not self.content_key:
            return packed
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self.content_key).encrypt(nonce, packed, None)

    def unwrap(self, wrapped: bytes) -> bytes:
        """The content again. Raises `Damaged`."""
        packed = self._decrypt(wrapped) if self.content_key else wrapped
        kind, rest = packed[:1], packed[1:]
        if kind == _PLAIN:
            return rest
        if kind != _DEFLATED:
            raise Damaged()
        reader = zlib.decompressobj()
        try:
            content = reader.decompress(rest, LARGEST)
        except zlib.error as broken:
            raise Damaged() from broken
        if not reader.eof:
            raise Damaged()
        return content

    def _decrypt(self, wrapped: bytes) -> bytes:
        try:
            return AESGCM(self.content_key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], None)
        except (InvalidTag, ValueError) as broken:
            raise Damaged() from broken


def new_lock(phrase: str) -> dict[str, Any] | None:
    """What the folder's card says of its encryption: nothing of the passphrase but how to try one."""
    if not phrase:
        return None
    card: dict[str, Any] = {"kdf": "scrypt", **_COST, "salt": secrets.token_hex(16)}
    return {**card, "check": _derive(phrase, card)[64:].hex()}


def seal_of(lock: dict[str, Any] | None, phrase: str) -> Seal:
    """The seal of a folder. Raises `BackupFailed` when the passphrase is missing or another one."""
    if lock is None:
        if phrase:
            raise BackupFailed(
                "seal", "this folder is not encrypted; unset LANGSO_BACKUP_PASSPHRASE or begin a new folder"
            )
        return Seal()
    if not phrase:
        raise BackupFailed("seal", "this folder is encrypted: set LANGSO_BACKUP_PASSPHRASE")
    keys = _derive(phrase, lock)
    if not hmac.compare_digest(keys[64:].hex(), str(lock["check"])):
        raise BackupFailed("seal", "the passphrase is not the one of this folder")
    return Seal(keys[:32], keys[32:64])


def _derive(phrase: str, card: dict[str, Any]) -> bytes:
    salt, n, r, p = bytes.fromhex(card["salt"]), int(card["n"]), int(card["r"]), int(card["p"])
    return hashlib.scrypt(phrase.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * 1024 * 1024, dklen=96)
