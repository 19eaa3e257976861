"""What was said of an entry: the inspector's checks, and the concerns that the rules raised."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from langso.farm.diary.models.entries import Entry
from langso.kernel.access.scope import CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id


class Verdict(models.TextChoices):
    CONFIRMED = "CONFIRMED", _("Confirmed")
    QUESTIONED = "QUESTIONED", _("Questioned")


class Check(CommuneModel):
    """An inspector confirmed one version of an entry, or asked about it; the household may have answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="checks")
    version = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    text = models.CharField(max_length=500, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.UUIDField(null=True)
    checked_by_name = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)


class Severity(models.TextChoices):
    SERIOUS = "SERIOUS", _("Serious")
    WARNING = "WARNING", _("To be looked at")


class ConcernState(models.TextChoices):
    OPEN = "OPEN", _("Not answered yet")
    ANSWERED = "ANSWERED", _("Answered")
    WITHDRAWN = "WITHDRAWN", _("Gone after a correction")


class ConcernQuerySet(CommuneQuerySet["Concern"]):
    def of_season(self, season_id: UUID) -> "ConcernQuerySet":
        return self.filter(season_id=season_id)

    def standing(self) -> "ConcernQuerySet":
        """Open or answered: what a reader of the diary must know."""
        return self.exclude(state=ConcernState.WITHDRAWN)


ConcernManager = CommuneManager.from_queryset(ConcernQuerySet)


class Concern(CommuneModel):
    """A rule found something on an entry. `cause` tells two findings of one rule apart (the spray behind a harvest)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="concerns")
    season_id = models.UUIDField(db_index=True)
    code = models.CharField(max_length=30)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    cause = models.CharField(max_length=60, blank=True)
    facts = models.JSONField()
    state = models.CharField(max_length=10, choices=ConcernState.choices, default=ConcernState.OPEN)
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    answered_as = models.CharField(max_length=10, blank=True)
    answered_by = models.UUIDField(null=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[ConcernManager["Concern"]] = ConcernManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "code", "cause"], condition=~Q(state="WITHDRAWN"), name="diary_concern_once"
            )
        ]
