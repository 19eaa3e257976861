"""Tables of the surveys: a round, and the anonymous answers of its households. Nothing here points to a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.scope import CommuneModel
from langso.kernel.ids import new_id


class Sex(models.TextChoices):
    """Of the one who answered. Unknown is a group of its own and never spread over the others."""

    MALE = "MALE", _("Man")
    FEMALE = "FEMALE", _("Woman")
    UNKNOWN = "UNKNOWN", _("Not known")


class SurveyRound(CommuneModel):
    """One survey: the same questions, asked in one year. `code` is how its households' ids begin."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    source = models.TextField()
    licence = models.CharField(max_length=120)
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "code"], name="surveys_round_once")]


class HouseholdAnswer(CommuneModel):
    """What one household answered. None and an empty text mean: not known. `raw` is the row as it came.

    `province` is a code of before July 2025. `land_ha` is converted from `land_told` and `land_unit`.
    `income_told` is the year's income from the first crop in a unit that nobody has resolved: never add it up.
    `income_control` is a set of actors in a fixed order. `fies_score` counts yeses from 0 to 8.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="answers")
    household = models.CharField(max_length=60)
    region_told = models.CharField(max_length=60, blank=True)
    province = models.CharField(max_length=2, blank=True)
    respondent_sex = models.CharField(max_length=7, choices=Sex.choices)
    people = models.PositiveSmallIntegerField(null=True)
    land_told = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    land_unit = models.CharField(max_length=3, blank=True)
    land_ha = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    crops = models.JSONField(default=list)
    income_told = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    income_unit_told = models.CharField(max_length=20, blank=True)
    income_unit_is_resolved = models.BooleanField(default=False)
    income_control = models.JSONField(null=True)
    is_short_of_food = models.BooleanField(null=True)
    fies_score = models.PositiveSmallIntegerField(null=True)
    raw = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "household"], name="surveys_household_once"),
            models.CheckConstraint(
                condition=models.Q(fies_score__isnull=True) | models.Q(fies_score__lte=8), name="surveys_fies_score"
            ),
            models.CheckConstraint(
                condition=models.Q(land_ha__isnull=True) | models.Q(land_ha__gte=0), name="surveys_land_positive"
            ),
        ]
        indexes = [models.Index(fields=["round", "respondent_sex", "province"], name="surveys_round_sex_province")]
