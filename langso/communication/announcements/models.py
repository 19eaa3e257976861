"""Notices, here or from the hub. They belong to no commune: `commune` is empty."""

from django.db import models

from langso.communication.announcements.rules import LONGEST_REASON, LONGEST_TITLE, Audience, Urgency
from langso.kernel.access.scope import CommuneModel
from langso.kernel.fields import TranslatedField
from langso.kernel.ids import new_id
from langso.kernel.text import Translated


class Notice(CommuneModel):
    """What the province lets its communes know. `folded` is its title in search form."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = TranslatedField(default=Translated)
    folded = models.CharField(max_length=3 * LONGEST_TITLE)
    text = TranslatedField(default=Translated)
    urgency = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Urgency])
    audience = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Audience])
    until_date = models.DateField(null=True)
    issuer = models.CharField(max_length=160)
    communes = models.TextField(blank=True)
    """Codes of the communes to which it is addressed, with spaces; empty: all."""
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        indexes = [models.Index(fields=["commune", "-published_at"], name="announcements_newest")]

    def __str__(self) -> str:
        return self.title.vi
