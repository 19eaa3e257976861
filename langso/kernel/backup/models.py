"""Tables of backups: what was tried, what checks found, and where a restored node stands.

Rows are numbered by the database: which one is the last must not depend on a clock that may be a year wrong.
"""

from django.db import models


class Backup(models.Model):
    """One backup of this node, finished or failed. `code` says why it failed (`BackupFailed.code`)."""

    id = models.BigAutoField(primary_key=True)
    place = models.CharField(max_length=300)
    snapshot = models.CharField(max_length=80, blank=True)
    taken_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    position = models.BigIntegerField(default=0)
    files = models.BigIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    added = models.BigIntegerField(default=0)
    faults = models.IntegerField(default=0)
    code = models.CharField(max_length=20, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["code", "taken_at"], name="backup_last_good")]


class Check(models.Model):
    """One thorough look at all records: by `langso verify`, or by a backup at what it copied."""

    class Source(models.TextChoices):
        VERIFY = "VERIFY"
        BACKUP = "BACKUP"

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=6, choices=Source.choices)
    checked_at = models.DateTimeField()
    faults = models.JSONField(default=list)


class Restoration(models.Model):
    """This node was made anew from a snapshot. While it waits, nothing is written: later entries may lie at the hub.

    `old_epoch`, `old_seq`, `old_travel_chain` say what the snapshot still knew; `upto` is what the hub holds of it.
    """

    class State(models.TextChoices):
        WAITING = "WAITING"
        DONE = "DONE"

    id = models.BigAutoField(primary_key=True)
    snapshot = models.CharField(max_length=80)
    taken_at = models.DateTimeField()
    restored_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices)
    old_epoch = models.CharField(max_length=36)
    old_seq = models.BigIntegerField()
    old_travel_chain = models.BinaryField(max_length=32)
    new_epoch = models.CharField(max_length=36)
    upto = models.BigIntegerField(null=True)
    taken = models.BigIntegerField(default=0)
    last_chain = models.BinaryField(max_length=32, default=bytes)
    last_known_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.UUIDField(null=True)
    without_hub = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="WAITING"), name="backup_one_waiting_restoration"
            )
        ]
