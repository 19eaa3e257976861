"""The key that signs this node's logs: `log.key` in its data folder, not in its backups."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from langso.kernel.keyfiles import key_in


def log_key() -> Ed25519PrivateKey:
    """The key that counts now; made when it is first needed."""
    return key_in(Path(settings.DATA) / "log.key")
