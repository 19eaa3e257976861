"""Where files are and what they are."""

from dataclasses import dataclass

from django.urls import reverse

from langso.kernel.access.scope import every_commune
from langso.kernel.errors import NotHere
from langso.kernel.files.models import StoredFile

SIZES = ("full", "thumb")


@dataclass(frozen=True, slots=True)
class FileCard:
    """A kept file as it was sent; `size` in bytes."""

    sha256: str
    name: str
    content_type: str
    size: int
    thumb: str


def file_card(*, sha256: str) -> FileCard:
    """A file of the open commune. Raises `NotHere`."""
    row = StoredFile.objects.filter(sha256=sha256).first()
    if row is None:
        raise NotHere()
    return FileCard(row.sha256, row.name, row.content_type, row.size, row.thumb)


def picture_url(sha256: str, size: str = "thumb") -> str:
    """The address of a picture, "thumb" (320 pixels) or "full" (1,280). It opens once the picture is public."""
    return reverse("files:picture", args=[sha256, size])


def public_content(*, sha256: str, size: str) -> str | None:
    """The SHA-256 of the content behind a public picture's address, or None where nothing is public."""
    with every_commune("a picture's address names no commune; only what was made public is found"):
        row = StoredFile.objects.filter(sha256=sha256).exclude(public_at=None).values("sha256", "thumb").first()
    if row is None:
        return None
    return row["sha256"] if size == "full" else row["thumb"] or row["sha256"]
