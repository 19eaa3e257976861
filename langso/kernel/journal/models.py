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


class PastEpoch(models.Model):
    """An epoch of this node that is over: its last sequence, and the position after which the next one began."""

    epoch = models.CharField(max_length=36, primary_key=True)
    seq = models.BigIntegerField()
    position = models.BigIntegerField()
    ended_at = models.DateTimeField()


class Entry(models.Model):
    """One thing that happened: audit line, outbox, source of every figure, and what travels between nodes.

    `position` orders everything this node holds. `(node, epoch, seq)` names what travels; `seq` has no gaps. `chain` is
    the hash chain over positions, `travel_chain` the one over `seq`; both hash a salted commitment of the body, so a
    body can be erased and the chain still verifies.

    Entries that other nodes wrote stand here too (`foreign`): `position` and `chain` are this node's, all else theirs.
    `to` names the commune to whose home node a wish is addressed. `aside` is the commitment of what never travels,
    `reason` and `actor_name`; `salt` is 16 bytes for the body and, at home, 16 more for the aside.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    position = models.BigIntegerField(unique=True)
    node = models.CharField(max_length=36)
    epoch = models.CharField(max_length=36)
    seq = models.BigIntegerField(null=True)
    commune = models.CharField(max_length=5, blank=True)
    to = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=120)
    body = models.JSONField()
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    on_behalf_of = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    reach = models.SmallIntegerField(choices=[(reach.value, reach.name) for reach in Reach])
    recorded_at = models.DateTimeField()
    occurred_at = models.DateTimeField(null=True)
    salt = models.BinaryField(max_length=32)
    commitment = models.BinaryField(max_length=32)
    aside = models.BinaryField(max_length=32, default=bytes)
    chain = models.BinaryField(max_length=32)
    travel_chain = models.BinaryField(max_length=32, null=True)
    foreign = models.BooleanField(default=False)
    """Written by another node, or by this one in an epoch that its tables do not remember."""
    history = models.BooleanField(default=False)
    """Came with the tables that it tells of (a commune that moved here): nobody hears it again."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "epoch", "seq"], name="journal_entry_identity"),
        ]
        indexes = [
            models.Index(fields=["kind", "position"], name="journal_entry_kind"),
            models.Index(fields=["commune", "position"], name="journal_entry_commune"),
        ]


class SaltSeed(models.Model):
    """What the salts of a run of this node's travelling entries come from; it travels in their place.

    Whoever has the seed has all of them: when one entry of the run is erased, the seed is emptied for good. Other nodes
    work the salts out and keep no seeds.
    """

    epoch = models.CharField(max_length=36)
    run = models.BigIntegerField()
    seed = models.BinaryField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "run"], name="journal_salt_seed_once")]


class Downward(models.Model):
    """An entry that boxes fetch from their hub: for all communes, or a wish for one of them.

    Few entries go down and many boxes ask, so what goes down is kept in a small table of its own.
    """

    position = models.BigIntegerField(primary_key=True)
    to = models.CharField(max_length=5, blank=True)


class Unheard(models.Model):
    """A kind that came from another node and that this program does not know yet, and where it was first seen."""

    kind = models.CharField(max_length=120, primary_key=True)
    position = models.BigIntegerField()


class CatchUp(models.Model):
    """Entries that a listener passed before its program knew their kind: it hears them before it goes on.

    Its way is kept as a `Cursor` of its own, called `<listener>~<id>`.
    """

    listener = models.CharField(max_length=100)
    kinds = models.JSONField()
    until = models.BigIntegerField()


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
    waits_for = models.CharField(max_length=80, blank=True)
    """Names what must come first (`lot:<id>`): the entry is tried again by itself. Empty: it waits for an operator."""
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
