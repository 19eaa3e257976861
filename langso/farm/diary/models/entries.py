"""An entry: its identity and state. What it says stands in its versions, what was said of it in checks and concerns."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.scope import CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id


class EntryKind(models.TextChoices):
    HAZARD = "HAZARD", _("Hazard assessment")
    INPUT = "INPUT", _("Input bought")
    WORK = "WORK", _("Field work")
    HARVEST = "HARVEST", _("Harvest")


class CheckState(models.TextChoices):
    WAITING = "WAITING", _("Waiting for the inspector")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    QUESTIONED = "QUESTIONED", _("The inspector has a question")
    ANSWERED = "ANSWERED", _("Answered, to be looked at again")


class EntryQuerySet(CommuneQuerySet["Entry"]):
    def of_season(self, season_id: UUID) -> "EntryQuerySet":
        return self.filter(season_id=season_id)

    def of_household(self, household_id: UUID) -> "EntryQuerySet":
        return self.filter(household_id=household_id)

    def to_check(self, seasons: Mapping[UUID, UUID], own: UUID | None) -> "EntryQuerySet":
        """What an inspector looks at: entries of these seasons, and inputs of their households (`seasons`: household by
        season); never of the inspector's `own` household."""
        inputs = Q(kind=EntryKind.INPUT, household_id__in=set(seasons.values()))
        rows = self.filter(Q(season_id__in=set(seasons)) | inputs)
        return rows.exclude(household_id=own) if own else rows

    def standing(self) -> "EntryQuerySet":
        """Entries that count: not struck through."""
        return self.filter(struck=False)


EntryManager = CommuneManager.from_queryset(EntryQuerySet)


class Entry(CommuneModel):
    """One line of a diary. `version` is the number of the version that counts; `on_date` is that version's date.

    `client_id` is the form's own id and `form_digest` the SHA-256 of what it held: a form that is sent twice makes one
    entry, and one that was changed in between is refused. Inputs belong to the household, all
    others to a season. `check_state` is claimed by conditional update; who checked what stands in `Check`.
    `folded`: crop, plot, work and product, for searching without diacritics.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client_id = models.UUIDField(unique=True, default=new_id, editable=False)
    form_digest = models.CharField(max_length=64, editable=False)
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    household_id = models.UUIDField(db_index=True)
    season_id = models.UUIDField(null=True)
    on_date = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    check_state = models.CharField(max_length=10, choices=CheckState.choices, default=CheckState.WAITING)
    struck = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=120, blank=True)
    folded = models.CharField(max_length=400, blank=True)

    objects: ClassVar[EntryManager["Entry"]] = EntryManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="INPUT", season_id__isnull=True) | (~Q(kind="INPUT") & Q(season_id__isnull=False)),
                name="diary_entry_season_unless_input",
            ),
        ]
        indexes = [
            models.Index(fields=["season_id", "on_date"], name="diary_entry_season"),
            models.Index(fields=["check_state", "recorded_at"], name="diary_entry_queue"),
        ]


class EntryPhoto(CommuneModel):
    """A picture of the work, kept by `files` under its SHA-256. One that was taken off is shown to nobody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "sha256"], condition=Q(removed_at__isnull=True), name="diary_photo_once"
            )
        ]


class Strike(CommuneModel):
    """Who struck an entry through, when and why; lifted when it was taken back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="strikes")
    reason = models.CharField(max_length=300, blank=True)
    undone = models.BooleanField(default=False)
    struck_at = models.DateTimeField()
    struck_by = models.UUIDField(null=True)
    struck_by_name = models.CharField(max_length=120, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(lifted_at__isnull=True), name="diary_one_strike_at_a_time"
            )
        ]
