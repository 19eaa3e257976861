"""Visits: staff went to a household, and wrote down why and what they saw."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from langso.community.people.models.households import Household
from langso.kernel.access.scope import CommuneModel
from langso.kernel.ids import new_id


class VisitPurpose(models.TextChoices):
    CHECK = "CHECK", _("Check how things are")
    PAPER = "PAPER", _("Help with a paper")
    REGISTER = "REGISTER", _("Update the register")
    PHONE = "PHONE", _("Teach to use the phone")
    DISASTER = "DISASTER", _("After a disaster or loss")
    OTHER = "OTHER", _("Something else")


class HouseholdVisit(CommuneModel):
    """One visit. It is written once and never changed; `client_id` is the form's own id, so a form makes one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client_id = models.UUIDField(unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits")
    visit_date = models.DateField()
    purpose = models.CharField(max_length=10, choices=VisitPurpose.choices)
    remark = models.CharField(max_length=1000)
    visited_by = models.UUIDField(null=True)
    visited_by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["visited_by", "-recorded_at"], name="people_visits_of_visitor")]
