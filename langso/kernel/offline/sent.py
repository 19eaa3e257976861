"""A form as it arrived with its key: read from the request, checked, not yet done."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.crypto import constant_time_compare
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.offline.sender import mark_of

MOST_BYTES: Final = 20 * 1024 * 1024
OLDEST: Final = timedelta(days=90)
"""A form that says it is older than the keys that are kept: its phone's clock has jumped, so its age means nothing."""
CLOCKS_AGREE: Final = timedelta(minutes=2)
UNSIGNED: Final = ("csrfmiddlewaretoken",)
"""Fields that change from one sending to the next and mean nothing."""


class BadKey(Invalid):
    code = "bad_key"
    message = _("The key of a form must be a UUID.")


class AnotherSender(DomainError):
    """Signed in as somebody else, or for somebody else, than when the form was filled in."""

    code = "another_sender"
    message = _("This was written under another name. It is sent once that person is signed in again.")


class TooLarge(DomainError):
    code = "too_large"
    status = 413
    message = _("This is too large to be sent. Leave something out, or choose a smaller picture.")


@dataclass(frozen=True, slots=True)
class Sent:
    """`digest` covers address and fields, whatever a second sending does not change. `acted_at` and `phone_at`: when
    it was filled in, by the node's clock and by the phone's; None where nothing was said or it cannot be.
    `uploads` are (field, id of the upload)."""

    key: UUID
    digest: str
    acted_at: datetime | None
    phone_at: datetime | None
    uploads: tuple[tuple[str, UUID], ...]


def read(request: ActorRequest) -> Sent:
    """Read a form with a key. Raises `BadKey`, `SignInNeeded`, `AnotherSender`, `TooLarge`, `Invalid`."""
    key = _uuid(request.headers["Idempotency-Key"])
    require(request.actor.signed_in, request.actor)
    claimed = request.headers.get("X-Sender")
    if claimed is not None and not constant_time_compare(claimed, mark_of(request.actor)):
        raise AnotherSender()
    acted_at, phone_at = _times(request)
    return Sent(key, _digest(request), acted_at, phone_at, tuple(_uploads(request)))


def clocks_differ(one: datetime | None, other: datetime | None) -> bool:
    """Whether phone and node disagree by more than people would call the same time."""
    return one is not None and other is not None and abs(one - other) > CLOCKS_AGREE


def _times(request: HttpRequest) -> tuple[datetime | None, datetime | None]:
    """The node's clock decides: now, less the age that the phone counted."""
    try:
        phone_at = parse_datetime(request.headers.get("X-Client-Time", ""))
        age = timedelta(seconds=max(0.0, float(request.headers["X-Client-Age"])))
    except (ValueError, KeyError, OverflowError):
        return None, None
    if phone_at is None or phone_at.tzinfo is None:
        return None, None
    return (clock.now() - age if age <= OLDEST else None), phone_at


def _digest(request: HttpRequest) -> str:
    """SHA-256 of address, fields and files, without what a browser writes anew at each sending."""
    total = hashlib.sha256()
    for part in _parts(request):
        data = part.encode()
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def _parts(request: HttpRequest) -> Iterator[str]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise TooLarge()
    yield from (request.method or "", request.get_full_path(), request.headers.get("X-Upload", ""))
    try:
        fields, files = request.POST, request.FILES
        if request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
            yield hashlib.sha256(request.body).hexdigest()
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as large:
        raise TooLarge() from large
    except MultiPartParserError as broken:
        raise Invalid() from broken
    for name in sorted(set(fields) - set(UNSIGNED)):
        yield from (name, *fields.getlist(name))
    for name in sorted(files):
        for upload in files.getlist(name):
            yield from (name, upload.name or "", hashlib.sha256(upload.read()).hexdigest())
            upload.seek(0)


def _uploads(request: HttpRequest) -> Iterator[tuple[str, UUID]]:
    """`X-Upload: field=id, field=id`."""
    for pair in filter(None, request.headers.get("X-Upload", "").split(",")):
        field, _equals, upload_id = pair.strip().partition("=")
        yield field, _uuid(upload_id)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadKey() from None
