"""Where a commune's move stands on this node."""

from django.db import models


class Move(models.Model):
    """A commune that leaves this node or arrives at it. While one is open, nobody writes about the commune here.

    `id` is the move's on both nodes, given by the one that it leaves. `position` is where the journal stood when the
    last listener was done; `sha256` names the bundle, with everything in it.
    """

    class Way(models.TextChoices):
        LEAVING = "LEAVING"
        ARRIVING = "ARRIVING"

    class State(models.TextChoices):
        DRAINING = "DRAINING"
        """Leaving: closed for people; the listeners finish what was written before."""
        PACKED = "PACKED"
        """Leaving: closed for all; the bundle is whole."""
        UNPACKED = "UNPACKED"
        """Arriving: everything is here, and the hub has not said yet that this is the home."""
        DONE = "DONE"
        CANCELLED = "CANCELLED"

    id = models.UUIDField(primary_key=True, editable=False)
    way = models.CharField(max_length=8, choices=Way.choices)
    state = models.CharField(max_length=9, choices=State.choices)
    commune = models.CharField(max_length=5)
    source = models.CharField(max_length=36)
    target = models.CharField(max_length=36)
    position = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune"],
                condition=models.Q(state__in=["DRAINING", "PACKED", "UNPACKED"]),
                name="moving_one_open_move_a_commune",
            )
        ]


OPEN = (Move.State.DRAINING, Move.State.PACKED, Move.State.UNPACKED)


def open_move(commune: str) -> Move | None:
    return Move.objects.filter(commune=commune, state__in=OPEN).first()
