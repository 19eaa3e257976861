"""This node's own key: `node.key` in its data folder, readable by its user alone, made when it is first needed."""

import hashlib
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def own_key() -> Ed25519PrivateKey:
    """The key that counts now, also after another process changed it."""
    file = _file()
    if not file.exists():
        _write_new(file)
    return _read(file, file.stat().st_mtime_ns)


def installation() -> str:
    """Names this copy of the node: the machine and the very folder of its data. A copied folder has another name."""
    machine = b""
    with suppress(OSError):
        machine = Path("/etc/machine-id").read_bytes()
    return hashlib.sha256(machine + str(Path(settings.DATA).stat().st_ino).encode()).hexdigest()[:32]


def next_key() -> Ed25519PrivateKey:
    """The key that this node is about to have. Kept before the hub is told of it, and the same when asked for again:
    a cut at the wrong moment must not leave the hub with a key that nobody has."""
    file = _next_file()
    if not file.exists():
        _write_new(file)
    return _read(file, file.stat().st_mtime_ns)


def has_next_key() -> bool:
    return _next_file().exists()


def promote_next_key() -> None:
    """The next key is this node's own from now on."""
    if has_next_key():
        os.replace(_next_file(), _file())


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


@lru_cache(maxsize=4)
def _read(file: Path, changed: int) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{file} holds no Ed25519 key")
    return key


def _file() -> Path:
    return Path(settings.DATA) / "node.key"


def _next_file() -> Path:
    return _file().with_suffix(".key.next")
