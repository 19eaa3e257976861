"""The logs of this node. They are the node's own and do not move with a commune: elsewhere it goes on in a new one."""

from django.db import models
from django.db.models import Q


class Log(models.Model):
    """An append-only log about one commune, from its opening until it is closed for good.

    `number` counts a commune's logs on this node from 1. A log belongs to one epoch of the journal and to one key:
    after a restore, or with a new key, it is never signed again, and the next one's first leaf names its last
    checkpoint.
    """

    commune = models.CharField(max_length=5)
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=200, unique=True)
    epoch = models.CharField(max_length=36)
    public_key = models.BinaryField(max_length=32)
    size = models.BigIntegerField(default=0)
    read_to = models.BigIntegerField(default=0)
    """The position of the journal up to which it has taken in."""
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "number"], name="transparency_log_number"),
            models.UniqueConstraint(
                fields=["commune"], condition=Q(closed_at__isnull=True), name="transparency_one_open_log"
            ),
        ]

    def __str__(self) -> str:
        return self.origin


class Leaf(models.Model):
    """One leaf: the bytes that are hashed, and the journal's entry behind it (none behind a log's first leaf)."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="leaves")
    index = models.BigIntegerField()
    entry_id = models.UUIDField(null=True, db_index=True)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "index"], name="transparency_leaf_once")]


class TreeNode(models.Model):
    """The hash of a complete node of a log's tree; it never changes."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="nodes")
    level = models.PositiveSmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "level", "place"], name="transparency_node_once")]


class SignedCheckpoint(models.Model):
    """What this node has signed about a log: all of them are kept."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="transparency_checkpoint_once")]
