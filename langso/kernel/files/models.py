"""What is kept: one row a commune and content. The content itself lies in the storage under its SHA-256."""

from django.db import models

from langso.kernel.access.scope import CommuneModel
from langso.kernel.ids import new_id


class StoredFile(CommuneModel):
    """A file of a commune. `thumb` is the SHA-256 of a picture's small copy; `public_at` when it became public."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64)
    thumb = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField(null=True)
    public_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "sha256"], name="files_once_a_commune")]
        indexes = [models.Index(fields=["sha256"], name="files_by_hash")]


class WantedFile(CommuneModel):
    """A public file of a commune whose home is another node: fetched from there by its hash, piece by piece."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64)
    is_picture = models.BooleanField()
    size = models.BigIntegerField(null=True)
    wanted_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    missing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "sha256"], name="files_wanted_once")]
