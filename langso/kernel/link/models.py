"""Tables of the link: who the other nodes are, where each commune is at home, and how far each side has come."""

from django.db import models

from langso.kernel.ids import new_id


class NodeState(models.TextChoices):
    """What a node may still do. Only an active one is let in."""

    ACTIVE = "ACTIVE", "active"
    STOPPED = "STOPPED", "stopped"
    REVOKED = "REVOKED", "revoked"
    RETIRED = "RETIRED", "retired"


class Node(models.Model):
    """Another node: at a hub its boxes, at a box its hub. `installation` tells a copy of a box from the box itself."""

    id = models.CharField(max_length=36, primary_key=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=NodeState.choices, default=NodeState.ACTIVE)
    why = models.TextField(blank=True)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    version = models.CharField(max_length=40, blank=True)
    installation = models.CharField(max_length=64, blank=True)
    installation_before = models.CharField(max_length=64, blank=True)
    down = models.BigIntegerField(default=0)
    """Up to which position of this hub the box says that it has read what goes down."""
    down_at = models.DateTimeField(null=True)
    greeted_at = models.DateTimeField(null=True)
    """Since when its present session lasts, or the last one began."""


class NodeKey(models.Model):
    """A public key of a node; its id is the start of the key's SHA-256. A revoked one counts no more at once."""

    id = models.CharField(max_length=16, primary_key=True)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="keys")
    public = models.BinaryField(max_length=32)
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class CommuneHome(models.Model):
    """Which node may change a commune's records, and since when. A commune without a row is at home on its hub.

    A closed row still says up to which of its entries the former home wrote about the commune.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    commune = models.CharField(max_length=5)
    node = models.CharField(max_length=36)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    to_epoch = models.CharField(max_length=36, blank=True)
    to_seq = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune"], condition=models.Q(to_at__isnull=True), name="link_one_home_a_commune"
            )
        ]


class Invitation(models.Model):
    """A code that lets one box join, once, for one commune. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    commune = models.CharField(max_length=5)
    replaces = models.CharField(max_length=36, blank=True)
    """The node whose box it is that gets new hardware."""
    keeps_home = models.BooleanField(default=False)
    """The hub goes on keeping the commune's records until they are moved."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.CharField(max_length=36, blank=True)


class Received(models.Model):
    """At a hub: up to where it holds a node's epoch without a gap, and the hash there."""

    node = models.CharField(max_length=36)
    epoch = models.CharField(max_length=36)
    upto = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32, default=bytes(32))
    started_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    """When the node, by its own clock, wrote the last of what is held."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "epoch"], name="link_received_once")]


class Uplink(models.Model):
    """At a box: its hub, what the hub confirmed, how far it has read what goes down, and how the link is. One row.

    `state` is what the hub says of this node. `offset_ms` is the hub's clock minus this one's.
    """

    url = models.CharField(max_length=200)
    hub = models.CharField(max_length=36)
    hub_name = models.CharField(max_length=120, blank=True)
    hub_key = models.BinaryField(max_length=32)
    joined_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=NodeState.choices, default=NodeState.ACTIVE)
    connected_at = models.DateTimeField(null=True)
    contact_at = models.DateTimeField(null=True)
    failing_since_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    offset_ms = models.BigIntegerField(default=0)
    down_epoch = models.CharField(max_length=36, blank=True)
    down = models.BigIntegerField(default=0)
    down_at = models.DateTimeField(null=True)

    @property
    def cursor(self) -> str:
        """How far this box has read what goes down, as it tells the hub."""
        return f"{self.down_epoch}:{self.down}"


class Confirmed(models.Model):
    """At a box: up to where the hub says that it holds an epoch of this node. "Synced" is shown from here alone."""

    epoch = models.CharField(max_length=36, primary_key=True)
    upto = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField()


class Quarantined(models.Model):
    """An entry that arrived in its place and was not applied, with the reason. Waits for an operator."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    node = models.CharField(max_length=36)
    epoch = models.CharField(max_length=36)
    seq = models.BigIntegerField()
    commune = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=120)
    entry = models.JSONField()
    reason = models.CharField(max_length=30)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, blank=True, choices=[("TAKEN", "taken in"), ("DISMISSED", "dismissed")])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "epoch", "seq"], name="link_quarantined_once")]


class Incident(models.Model):
    """Something that must not happen between nodes. Counted while it is open; closed by an operator, with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    node = models.CharField(max_length=36, blank=True)
    kind = models.CharField(max_length=30)
    detail = models.TextField(blank=True)
    times = models.IntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["node", "kind"], condition=models.Q(settled_at__isnull=True), name="link_one_open_incident"
            )
        ]


class Report(models.Model):
    """At a hub: what a box last said of itself: version, disk, what waits, its clock, its backup."""

    node = models.OneToOneField(Node, on_delete=models.CASCADE, primary_key=True, related_name="report")
    state = models.JSONField()
    received_at = models.DateTimeField()


class DailyReport(models.Model):
    """At a hub: what a box last said of itself on one day of Viet Nam, so that one sees what grows and what shrinks."""

    node = models.CharField(max_length=36)
    report_date = models.DateField()
    state = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "report_date"], name="link_report_once_a_day")]


class Traffic(models.Model):
    """How much came from a node, and went to it, on one day of Viet Nam."""

    node = models.CharField(max_length=36)
    traffic_date = models.DateField()
    entries = models.IntegerField(default=0)
    bytes_up = models.BigIntegerField(default=0)
    bytes_down = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "traffic_date"], name="link_traffic_once_a_day")]
