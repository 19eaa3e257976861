"""Keeping files and pictures. Content is on the disk before the row that names it is committed.

Who may see a private file is the question of the domain that it belongs to: that domain asks, then answers with
`responses.file_response`. Only pictures that were made public have an address of their own.
"""

import hashlib
from functools import partial
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import open_commune
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.files import contents
from langso.kernel.files.access import can_keep
from langso.kernel.files.events import FileForgotten, FileKept, PictureMadePublic
from langso.kernel.files.models import StoredFile
from langso.kernel.files.pictures import MOST_BYTES as MOST_PICTURE_BYTES
from langso.kernel.files.pictures import PictureTooLarge, reduce
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc

MOST_BYTES: Final = 20 * 1024 * 1024
WEBP: Final = "image/webp"
STARTS: Final = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG",
    "image/webp": b"RIFF",
    "application/zip": b"PK",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"PK",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"PK",
    "application/gzip": b"\x1f\x8b",
    "text/csv": b"",
    "text/plain": b"",
}
"""Kinds of files that are kept, with how their content begins: what a file says of itself is checked."""


class FileTooLarge(Invalid):
    code = "file_too_large"
    message = _("This file is too large. Send one of at most 20 MB.")


class UnknownKindOfFile(Invalid):
    code = "unknown_kind_of_file"
    message = _("This kind of file is not kept here. Send a PDF, a picture, a spreadsheet or a text.")


class EmptyFile(Invalid):
    code = "empty_file"
    message = _("This file is empty. Choose it again.")


@service
def keep_picture(actor: Actor, *, upload: "UploadedFile[bytes]") -> str:
    """Keep an uploaded picture, reduced to 1,280 pixels and without the camera's notes, with a small copy.

    Returns the SHA-256 of the reduced picture. Raises `NoPicture`, `PictureTooLarge`, `EmptyFile`.
    """
    require(can_keep(actor), actor)
    if (upload.size or 0) > MOST_PICTURE_BYTES:
        raise PictureTooLarge()
    original = upload.read()
    if not original:
        raise EmptyFile()
    made = reduce(original)
    thumb = contents.keep(made.thumb)
    return _record(actor, made.full, name=upload.name or "", content_type=WEBP, thumb=thumb)


@service
def keep_file(actor: Actor, *, content: bytes, name: str, content_type: str) -> str:
    """Keep a file as it is; returns its SHA-256. Raises `FileTooLarge`, `UnknownKindOfFile`, `EmptyFile`."""
    require(can_keep(actor), actor)
    if not content:
        raise EmptyFile()
    if len(content) > MOST_BYTES:
        raise FileTooLarge()
    plain = content_type.split(";")[0].strip().lower()
    if plain not in STARTS or not content.startswith(STARTS[plain]):
        raise UnknownKindOfFile()
    return _record(actor, content, name=name, content_type=plain)


@service
def make_public(actor: Actor, *, sha256: str) -> None:
    """Give a picture an address that anybody may open. The calling domain has asked whether that is right."""
    require(can_keep(actor), actor)
    rows = StoredFile.objects.filter(sha256=sha256, content_type=WEBP)
    if not rows.exists():
        raise NotHere(_("There is no such picture."))
    if rows.filter(public_at=None).update(public_at=clock.now()):
        emit(actor, PictureMadePublic(sha256=sha256))


@service
def forget_file(actor: Actor, *, sha256: str) -> None:
    """Delete a file of the open commune that its domain needs no more, and its content once no commune has it.

    The calling domain knows that nothing else refers to it. Nothing happens when it is gone already.
    """
    require(can_keep(actor), actor)
    row = StoredFile.objects.filter(sha256=sha256).first()
    if row is None:
        return
    row.delete()
    for name in filter(None, (row.sha256, row.thumb)):
        transaction.on_commit(partial(contents.drop_unless_named, name))
    emit(actor, FileForgotten(sha256=sha256))


def _record(actor: Actor, content: bytes, *, name: str, content_type: str, thumb: str = "") -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    contents.keep(content)
    _row, is_new = StoredFile.objects.get_or_create(
        commune=open_commune(),
        sha256=sha256,
        defaults={
            "thumb": thumb,
            "size": len(content),
            "content_type": content_type,
            "name": nfc(name)[-200:],
            "kept_at": clock.now(),
            "kept_by": actor.account_id,
        },
    )
    if is_new:
        emit(actor, FileKept(sha256=sha256, size=len(content), content_type=content_type))
    return sha256
