"""Changes of communes that the province recorded: what was written into the table of units, and by which law."""

from django.db import models
from django.db.models import F, Q

from langso.kernel.ids import new_id


class UnitChange(models.Model):
    """One change by law. Not a commune's table: every node of the province knows the same ones.

    `facts` is the event as it travelled: enough to take the change back to the row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    province_code = models.CharField(max_length=2)
    legal_basis = models.CharField(max_length=200)
    folded = models.CharField(max_length=1000)
    """Its law and the names in it, in search form."""
    from_date = models.DateField()
    facts = models.JSONField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("recorded_at")),
                name="places_change_withdrawn_after",
            )
        ]

    def __str__(self) -> str:
        return self.legal_basis
