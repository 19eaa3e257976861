"""Keeping the uploaded file, and letting it go.

It is kept packed: a register shrinks to a tenth, and no other domain that keeps the same file shares its content, so
that it can be deleted without asking anybody.
"""

import gzip

from langso.kernel.access.actors import Actor
from langso.kernel.files import contents
from langso.kernel.files.services import forget_file, keep_file
from langso.kernel.imports.models import ImportRun


def keep(actor: Actor, *, content: bytes, name: str) -> str:
    """Keep a file; returns the SHA-256 of what is kept."""
    packed = gzip.compress(content, compresslevel=6, mtime=0)
    return keep_file(actor, content=packed, name=name, content_type="application/gzip")


def content_of(run: ImportRun) -> bytes:
    """The file as it was uploaded."""
    return gzip.decompress(contents.read(run.kept_sha256))


def forget(actor: Actor, run: ImportRun) -> None:
    """Delete a run's file unless another run of the commune still needs it."""
    others = ImportRun.objects.filter(kept_sha256=run.kept_sha256, file_gone_at=None).exclude(pk=run.pk)
    if not others.exists():
        forget_file(actor, sha256=run.kept_sha256)
