"""Private keys in files of the data folder, readable by its user alone, made when they are first needed."""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def key_in(file: Path) -> Ed25519PrivateKey:
    """The key that the file holds now, also after another process changed it. Raises `ValueError` for another kind."""
    if not file.exists():
        _write_new(file)
    return _read(file, file.stat().st_mtime_ns)


def _write_new(file: Path) -> None:
    beside = _beside(file, _text(Ed25519PrivateKey.generate()))
    try:
        os.link(beside, file)  # two processes may both be first: one wins, and both read the winner's
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def _beside(file: Path, content: bytes) -> Path:
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return beside


def _text(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@lru_cache(maxsize=8)
def _read(file: Path, changed: int) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{file} holds no Ed25519 key")
    return key
