"""The list of allowed inputs: versioned data of the whole node, not of one commune, read by the rules."""

from datetime import date

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from langso.farm.diary.measures import UNIT_CHOICES
from langso.kernel.ids import new_id


class InputKind(models.TextChoices):
    PESTICIDE = "PESTICIDE", _("Crop protection")
    FERTILISER = "FERTILISER", _("Fertiliser")
    COMPOST = "COMPOST", _("Own compost")
    SEED = "SEED", _("Seeds and young stock")
    FEED = "FEED", _("Animal feed")
    TREATMENT = "TREATMENT", _("Pond treatment")
    OTHER = "OTHER", _("Another input")


class InputList(models.Model):
    """One edition of the list. The newest edition decides; older ones stay, because concerns were raised by them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    official = models.BooleanField(default=False)
    checksum = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField()
    loaded_by = models.UUIDField(null=True)


class ListedInputQuerySet(QuerySet["ListedInput"]):
    def current(self) -> "ListedInputQuerySet":
        """The lines of the newest edition."""
        newest = InputList.objects.order_by("-loaded_at", "-id").values("pk")[:1]
        return self.filter(edition__in=newest)

    def valid_on(self, day: date) -> "ListedInputQuerySet":
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class ListedInput(models.Model):
    """A product and what it may be used for. `max_per_ha` in `unit` (G or ML) per hectare and application.

    `folded`: name and active ingredient, for searching without diacritics.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(InputList, on_delete=models.PROTECT, related_name="products")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=InputKind.choices)
    active_ingredient = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=8, choices=UNIT_CHOICES)
    max_per_ha = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    pre_harvest_days = models.PositiveSmallIntegerField(null=True)
    organic = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = ListedInputQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code", "valid_from"], name="diary_listed_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="diary_listed_days"
            ),
        ]
