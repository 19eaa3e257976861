"""Households, who headed them when, and what they counted as when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from langso.community.people.rules.codes import LIVING_STANDARDS, HouseholdClass
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.scope import CommuneField, CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id


class HouseholdQuerySet(CommuneQuerySet["Household"]):
    def visible_to(self, actor: Actor) -> "HouseholdQuerySet":
        """Staff of the commune see every household, a resident their own, nobody else any."""
        if actor.has_role(Role.OFFICER, Role.HELPER):
            return self
        if actor.person_id is None:
            return self.none()
        return self.filter(people=actor.person_id)


HouseholdManager = CommuneManager.from_queryset(HouseholdQuerySet)


class Household(CommuneModel):
    """People who live and keep house together. An empty one is closed; it opens again when somebody moves in."""

    commune = CommuneField(db_index=False)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20)
    village = models.ForeignKey("places.Village", on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    split_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    formed_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)
    registered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[HouseholdManager["Household"]] = HouseholdManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "code"], name="people_household_code")]

    def __str__(self) -> str:
        return self.code


class Headship(CommuneModel):
    """Who headed a household from when to when. The open row is a copy of the member whose relation is `HEAD`."""

    commune = CommuneField(db_index=False)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="headships")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="headships")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(to_date__isnull=True), name="people_one_open_headship"
            ),
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="people_headship_order",
            ),
        ]


class HouseholdStatus(CommuneModel):
    """A household counted as poor, near-poor … from one day to another, by a decision."""

    commune = CommuneField(db_index=False)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="statuses")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in HouseholdClass])
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    decision = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(to_date__isnull=True, kind__in=sorted(kind.value for kind in LIVING_STANDARDS)),
                name="people_one_living_standard",
            ),
            models.UniqueConstraint(
                fields=["household", "kind"], condition=Q(to_date__isnull=True), name="people_one_open_status"
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="people_status_order"
            ),
        ]
