"""Pictures that come in parts and go on where the link broke, until a form takes them."""

import io
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, NotHere
from langso.kernel.files.pictures import MOST_BYTES
from langso.kernel.journal.services import service
from langso.kernel.offline.models import Upload, UploadPart
from langso.kernel.offline.sent import TooLarge
from langso.kernel.text import nfc

MOST_WAITING: Final = 60
"""Unfinished pictures of one account; a phone sends one after the other."""


class TooManyUploads(DomainError):
    code = "too_many_uploads"
    status = 429
    message = _("Too many pictures are waiting. Send the forms that they belong to first.")


class UploadIncomplete(DomainError):
    """A form names a picture that is not here, or not whole: the phone sends it (again) and then the form."""

    code = "upload_incomplete"
    message = _("The picture has not arrived yet.")


def received(actor: Actor, *, upload_id: UUID) -> int:
    """How many bytes of a picture are here; 0 for one that nobody began. Raises `NotHere` for another's."""
    require(actor.signed_in, actor)
    upload = _own(actor, upload_id)
    return upload.received if upload else 0


@service
def receive(
    actor: Actor, *, upload_id: UUID, start: int, size: int, content: bytes, name: str, content_type: str
) -> int:
    """Add the bytes from `start` on; returns how many are here then.

    Bytes that do not begin where the picture ends now change nothing, so a part that is sent twice is kept once.
    Raises `TooLarge`, `TooManyUploads`, `NotHere`.
    """
    require(actor.signed_in, actor)
    if not 0 < size <= MOST_BYTES or start + len(content) > size:
        raise TooLarge()
    upload = _own(actor, upload_id) or _begin(actor, upload_id, size, name, content_type)
    claimed = Upload.objects.filter(pk=upload_id, received=start, size=size)
    if not claimed.update(received=F("received") + len(content), touched_at=clock.now()):
        upload.refresh_from_db()
        return upload.received
    UploadPart.objects.create(upload=upload, start=start, content=content)
    return start + len(content)


def _begin(actor: Actor, upload_id: UUID, size: int, name: str, content_type: str) -> Upload:
    if Upload.objects.filter(account_id=actor.account).count() >= MOST_WAITING:
        raise TooManyUploads()
    upload, _is_new = Upload.objects.get_or_create(
        id=upload_id,
        defaults={
            "commune": actor.commune,
            "account_id": actor.account,
            "person_id": actor.person_id,
            "name": nfc(name)[-200:],
            "content_type": content_type[:100],
            "size": size,
            "touched_at": clock.now(),
        },
    )
    return upload


def _own(actor: Actor, upload_id: UUID) -> Upload | None:
    upload = Upload.objects.filter(pk=upload_id).first()
    if upload and (upload.account_id, upload.person_id) != (actor.account_id, actor.person_id):
        raise NotHere()
    return upload


def hand_over(request: ActorRequest, uploads: Iterable[tuple[str, UUID]]) -> None:
    """Put whole pictures into `request.FILES`, as if they had come with the form, and let go of their parts.

    Runs in the form's transaction: a form that is refused leaves them. Raises `UploadIncomplete`, `NotHere`.
    """
    for field, upload_id in uploads:
        upload = _own(request.actor, upload_id)
        if upload is None or upload.received < upload.size:
            raise UploadIncomplete()
        content = b"".join(bytes(part.content) for part in upload.parts.order_by("start"))
        file = InMemoryUploadedFile(io.BytesIO(content), field, upload.name, upload.content_type, len(content), None)
        request.FILES.appendlist(field, file)
        upload.delete()
