"""This node's own key: `node.key` in its data folder, readable by its user alone, made when it is first needed."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from langso.kernel.keyfiles import key_in


def own_key() -> Ed25519PrivateKey:
    """The key that counts now, also after another process changed it."""
    return key_in(_file())


def installation() -> str:
    """Names this copy of the node: the machine and the very folder of its data. A copied folder has another name."""
    machine = b""
    with suppress(OSError):
        machine = Path("/etc/machine-id").read_bytes()
    return hashlib.sha256(machine + str(Path(settings.DATA).stat().st_ino).encode()).hexdigest()[:32]


def next_key() -> Ed25519PrivateKey:
    """The key that this node is about to have. Kept before the hub is told of it, and the same when asked for again:
    a cut at the wrong moment must not leave the hub with a key that nobody has."""
    return key_in(_next_file())


def has_next_key() -> bool:
    return _next_file().exists()


def promote_next_key() -> None:
    """The next key is this node's own from now on."""
    if has_next_key():
        os.replace(_next_file(), _file())


def _file() -> Path:
    return Path(settings.DATA) / "node.key"


def _next_file() -> Path:
    return _file().with_suffix(".key.next")
