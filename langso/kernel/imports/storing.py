"""Keeping the uploaded file, and letting it go."""

from functools import partial
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from langso.kernel.access.actors import Actor
from langso.kernel.access.scope import every_commune
from langso.kernel.imports.models import ImportRun


def keep(actor: Actor, *, content: bytes, name: str) -> str:
    """Keep a file; returns its SHA-256."""
    digest = sha256(content).hexdigest()
    if not default_storage.exists(_place(digest)):
        default_storage.save(_place(digest), ContentFile(content))
    return digest


def content_of(digest: str) -> bytes:
    """The bytes of a kept file."""
    with default_storage.open(_place(digest), "rb") as kept:
        content: bytes = kept.read()
    return content


def forget(run: ImportRun) -> None:
    """Delete a run's file, once the transaction is sure of it, unless another run still needs it."""
    with every_commune("two communes may have uploaded the same file"):
        others = ImportRun.objects.filter(file_sha256=run.file_sha256, file_gone_at=None).exclude(pk=run.pk)
        needed = others.exists()
    if not needed:
        transaction.on_commit(partial(default_storage.delete, _place(run.file_sha256)))


def _place(digest: str) -> str:
    return f"imports/{digest[:2]}/{digest}"
