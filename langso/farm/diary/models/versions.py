"""What entries say, version by version: one table for each of the diary's four tables. Rows are never changed."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from langso.farm.diary.activities import ACTIVITY_CHOICES
from langso.farm.diary.measures import UNIT_CHOICES
from langso.farm.diary.models.entries import Entry
from langso.farm.diary.models.inputs import InputKind
from langso.kernel.access.scope import CommuneModel
from langso.kernel.ids import new_id

NOT_NEGATIVE = MinValueValidator(0)
SOME = MinValueValidator(Decimal("0.001"))


class HazardSubject(models.TextChoices):
    SOIL = "SOIL", _("Soil")
    IRRIGATION_WATER = "IRRIGATION_WATER", _("Water for the plants or the pond")
    WASH_WATER = "WASH_WATER", _("Water for washing")
    PRODUCT = "PRODUCT", _("The product")


class Finding(models.TextChoices):
    SAFE = "SAFE", _("Safe")
    RISK = "RISK", _("A risk was found")


class Version(CommuneModel):
    """One version of an entry: who wrote it, when, and, from the second on, why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveSmallIntegerField(default=1)
    on_date = models.DateField()
    remark = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


class HazardVersion(Version):
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="hazard_versions")
    subject = models.CharField(max_length=20, choices=HazardSubject.choices)
    finding = models.CharField(max_length=4, choices=Finding.choices)
    finding_text = models.CharField(max_length=500, blank=True)
    assessed_by = models.CharField(max_length=120, blank=True)
    measure = models.CharField(max_length=500, blank=True)
    file = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="diary_hazard_version")]


class InputVersion(Version):
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="input_versions")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=InputKind.choices)
    listed_code = models.CharField(max_length=40, blank=True)
    active_ingredient = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=8, choices=UNIT_CHOICES)
    quantity = models.DecimalField(max_digits=12, decimal_places=3, validators=[SOME])
    seller = models.CharField(max_length=120, blank=True)
    expiry_date = models.DateField(null=True, blank=True)
    pre_harvest_days = models.PositiveSmallIntegerField(null=True, blank=True)
    treatment = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="diary_input_version"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="diary_input_quantity_positive"),
        ]


class WorkVersion(Version):
    """Name, kind, list code and interval of the input are copied as they were known when the work was written down."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="work_versions")
    activity = models.CharField(max_length=20, choices=ACTIVITY_CHOICES)
    amount = models.DecimalField(max_digits=12, decimal_places=3, validators=[NOT_NEGATIVE])
    unit = models.CharField(max_length=8, choices=UNIT_CHOICES)
    input = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="used_in")
    input_name = models.CharField(max_length=120, blank=True)
    input_kind = models.CharField(max_length=10, choices=InputKind.choices, blank=True)
    listed_code = models.CharField(max_length=40, blank=True)
    pre_harvest_days = models.PositiveSmallIntegerField(null=True, blank=True)
    concentration = models.CharField(max_length=60, blank=True)
    area_m2 = models.DecimalField(max_digits=11, decimal_places=2, null=True, blank=True, validators=[NOT_NEGATIVE])
    labour_hours = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True, validators=[NOT_NEGATIVE])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="diary_work_version"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="diary_work_amount_not_negative"),
        ]


class HarvestVersion(Version):
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="harvest_versions")
    quantity_kg = models.DecimalField(max_digits=12, decimal_places=3, validators=[SOME])
    handling_place = models.CharField(max_length=120, blank=True)
    buyer = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="diary_harvest_version"),
            models.CheckConstraint(condition=Q(quantity_kg__gt=0), name="diary_harvest_positive"),
        ]
