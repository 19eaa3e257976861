"""What was received from phones: the answer given to each form that came with a key, and pictures on their way."""

from django.db import models


class Receipt(models.Model):
    """A form that arrived with its own key, and what was answered. Written in the transaction of what the form did.

    `phone_at` is when it was filled in by the phone's own clock, `acted_at` the same moment by the node's. Forms that
    are not from a phone have neither. `url` is the page that shows the result.
    """

    key = models.UUIDField(primary_key=True, editable=False)
    commune = models.CharField(max_length=5)
    account_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    url = models.CharField(max_length=500, blank=True)
    said = models.JSONField(default=list)
    content = models.TextField(blank=True)
    received_at = models.DateTimeField(db_index=True)
    acted_at = models.DateTimeField(null=True)
    phone_at = models.DateTimeField(null=True)


class Upload(models.Model):
    """A picture on its way, in parts: how many bytes it has and how many are here."""

    id = models.UUIDField(primary_key=True, editable=False)
    commune = models.CharField(max_length=5)
    account_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["account_id"], name="offline_upload_of_account")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="offline_upload_not_beyond_its_end"
            )
        ]


class UploadPart(models.Model):
    """The bytes of a picture from `start` on. Kept in the database, so that every process of a node has them."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="offline_part_once")]
