"""Pictures of the work: sent on their own, so that a heavy picture never holds an entry back."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from langso.farm.diary.events import PhotoAdded, PhotoRemoved
from langso.farm.diary.models import EntryPhoto
from langso.farm.diary.services.refusals import PictureNeeded
from langso.farm.diary.services.writing import writable_entry
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.errors import NotHere
from langso.kernel.files import services as files
from langso.kernel.journal.services import emit, service


@service
def add_photo(actor: Actor, *, entry_id: UUID, upload: "UploadedFile[bytes] | None") -> str:
    """Keep a picture with an entry and return its SHA-256; the same picture again changes nothing.

    Raises `PictureNeeded`.
    """
    entry = writable_entry(actor, entry_id)
    if upload is None:
        raise PictureNeeded()
    sha256 = files.keep_picture(actor, upload=upload)
    _photo, added = EntryPhoto.objects.get_or_create(
        entry=entry,
        sha256=sha256,
        removed_at=None,
        defaults={"added_at": clock.now(), "added_by": actor.account_id},
    )
    if added:
        fact = PhotoAdded(entry_id=entry.id, season_id=entry.season_id, household_id=entry.household_id, sha256=sha256)
        emit(actor, fact)
    return sha256


@service
def remove_photo(actor: Actor, *, entry_id: UUID, sha256: str) -> None:
    """Take a picture off an entry: nobody sees it any more. Raises `NotHere`."""
    entry = writable_entry(actor, entry_id)
    claim = EntryPhoto.objects.filter(entry=entry, sha256=sha256, removed_at=None)
    if not claim.update(removed_at=clock.now(), removed_by=actor.account_id):
        raise NotHere()
    fact = PhotoRemoved(entry_id=entry.id, season_id=entry.season_id, household_id=entry.household_id, sha256=sha256)
    emit(actor, fact)
