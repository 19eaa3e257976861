"""Content by its SHA-256: where it lies, and whether it is still what it was."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q

from langso.kernel.access.scope import every_commune
from langso.kernel.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class FileFault:
    """A kept file that is missing or no longer what it was."""

    sha256: str
    what: str


def place_of(sha256: str) -> str:
    """Where content lies in the storage: two folders of 256, so that none grows too long."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def keep(content: bytes) -> str:
    """Write content to the storage, whole or not at all; returns its SHA-256. The same content is kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not default_storage.exists(place_of(sha256)):
        default_storage.save(place_of(sha256), ContentFile(content))
    return sha256


def read(sha256: str) -> bytes:
    """The content. Raises `FileNotFoundError`."""
    with default_storage.open(place_of(sha256)) as stream:
        content: bytes = stream.read()
    return content


def drop_unless_named(sha256: str) -> None:
    """Delete content that no row of any commune names any more."""
    with every_commune("two communes may keep the same content"):
        named = StoredFile.objects.filter(Q(sha256=sha256) | Q(thumb=sha256)).exists()
    if not named:
        default_storage.delete(place_of(sha256))


def verify() -> Iterator[FileFault]:
    """Read every kept file of this node again and tell what is wrong."""
    with every_commune("the storage is the node's, and so is its check"):
        rows = list(StoredFile.objects.values_list("sha256", "thumb").order_by("sha256"))
    for sha256 in dict.fromkeys(name for row in rows for name in row if name):
        try:
            if hashlib.sha256(read(sha256)).hexdigest() != sha256:
                yield FileFault(sha256, "the content was changed")
        except FileNotFoundError:
            yield FileFault(sha256, "the content is missing")
        except OSError as broken:
            yield FileFault(sha256, f"the content cannot be read: {broken.strerror or broken}")
