"""Tables of the journal: entries, the node's head, listeners' cursors, parked entries."""

from django.db import models

from langso.kernel.ids import new_id
from langso.kernel.journal.events import Reach


class Head(models.Model):
    """Where this node's journal stands. One row: whoever writes an entry first claims positions here."""

    node = models.CharField(max_length=36, primary_key=True)
    epoch = models.CharField(max_length=36)
    position = models.BigIntegerField(default=0)
    chain = models.BinaryField(max_length=32, default=bytes(32))
    seq = models.BigIntegerField(default=0)
    travel_chain = models.BinaryField(max_length=32, default=bytes(32))


class Entry(models.Model):
    """One thing that happened: audit line, outbox, source of every figure, and what travels between nodes.

    `position` orders everything this node holds. `(node, epoch, seq)` names what travels; `seq` has no gaps. `chain` is
    the hash chain over positions, `travel_chain` the one over `seq`; both hash a salted commitment of the body, so a
    body can be erased and the chain still verifies.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    position = models.BigIntegerField(unique=True)
    node = models.CharField(max_length=36)
    epoch = models.CharField(max_length=36)
    seq = models.BigIntegerField(null=True)
    commune = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=120)
    body = models.JSONField()
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    on_behalf_of = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    reach = models.SmallIntegerField(choices=[(reach.value, reach.name) for reach in Reach])
    recorded_at = models.DateTimeField()
    occurred_at = models.DateTimeField(null=True)
    salt = models.BinaryField(max_length=16)
    commitment = models.BinaryField(max_length=32)
    chain = models.BinaryField(max_length=32)
    travel_chain = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "epoch", "seq"], name="journal_entry_identity"),
        ]
        indexes = [
            models.Index(fields=["kind", "position"], name="journal_entry_kind"),
            models.Index(fields=["commune", "position"], name="journal_entry_commune"),
        ]


class Cursor(models.Model):
    """How far a listener has read. Moved in the same transaction as the listener's work."""

    listener = models.CharField(max_length=120, primary_key=True)
    position = models.BigIntegerField(default=0)
    attempts = models.IntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    moved_at = models.DateTimeField(null=True)


class ParkedEntry(models.Model):
    """An entry that a listener could not digest, set aside so that the others go on. Waits for an operator."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    listener = models.CharField(max_length=120)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="parked")
    error = models.TextField()
    attempts = models.IntegerField()
    parked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, blank=True, choices=[("RETRIED", "retried"), ("DISMISSED", "dismissed")])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listener", "entry"],
                condition=models.Q(settled_at__isnull=True),
                name="journal_one_open_parking",
            )
        ]


class WorkerSign(models.Model):
    """A sign of life of a worker process; one row a worker, written every few seconds."""

    worker = models.CharField(max_length=60, primary_key=True)
    seen_at = models.DateTimeField()
