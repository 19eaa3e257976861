"""The console's one table: which alarms somebody knows of already."""

from django.db import models

from langso.kernel.ids import new_id


class KnownAlarm(models.Model):
    """Somebody knows of an alarm of a box and has said why it may wait. It comes back when it gets worse."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    node = models.CharField(max_length=36)
    kind = models.CharField(max_length=20)
    grade = models.IntegerField()
    began_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField(null=True)
    noted_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "kind"], name="console_alarm_known_once")]
