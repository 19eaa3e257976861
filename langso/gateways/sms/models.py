"""Messages that the demonstration gateway took and that never left this computer."""

from django.db import models

from langso.kernel.ids import new_id


class FakeMessage(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone = models.CharField(max_length=16)
    text = models.TextField()
    taken_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-id"]
