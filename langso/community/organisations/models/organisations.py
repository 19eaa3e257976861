"""Organisations of a commune, and the offices of the province."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.scope import CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id


class OrganisationKind(models.TextChoices):
    COMMUNE_OFFICE = "COMMUNE_OFFICE", _("Commune office")
    COOPERATIVE = "COOPERATIVE", _("Cooperative")
    UNION = "UNION", _("Union or association")
    CLUBHOUSE = "CLUBHOUSE", _("Clubhouse")
    SCHOOL = "SCHOOL", _("School")
    HEALTH_STATION = "HEALTH_STATION", _("Health station")
    BUSINESS = "BUSINESS", _("Business")
    PROVINCE = "PROVINCE", _("Office of the province")


class OrganisationQuerySet(CommuneQuerySet["Organisation"]):
    def active(self, day: date) -> Self:
        """Organisations that were not closed by that day."""
        return self.filter(Q(closed_date__isnull=True) | Q(closed_date__gt=day))


OrganisationManager = CommuneManager.from_queryset(OrganisationQuerySet)


class Organisation(CommuneModel):
    """An office, cooperative, school or business.

    An office of the province belongs to no commune: its `commune` is empty and `province_code` says whose it is, so it
    is never seen with a commune's own organisations.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=OrganisationKind.choices)
    name = models.CharField(max_length=160)
    folded_name = models.CharField(max_length=160)
    sort_name = models.CharField(max_length=500)
    tax_code = models.CharField(max_length=14, blank=True)
    village = models.ForeignKey("places.Village", null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    founded_date = models.DateField(null=True)
    province_code = models.CharField(max_length=2, blank=True)
    closed_date = models.DateField(null=True)
    """The first day on which it is no more."""
    registered_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    """Counted up by whoever changes its members: two changes at the same moment wait for each other here."""

    objects: ClassVar[OrganisationManager["Organisation"]] = OrganisationManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "tax_code"], condition=~Q(tax_code=""), name="organisations_tax_code_once"
            ),
            models.UniqueConstraint(
                fields=["commune", "province_code", "kind", "folded_name"],
                condition=Q(closed_date__isnull=True),
                name="organisations_name_once",
            ),
            models.CheckConstraint(
                condition=(Q(kind="PROVINCE", commune="") & ~Q(province_code=""))
                | (~Q(kind="PROVINCE") & ~Q(commune="") & Q(province_code="")),
                name="organisations_of_commune_or_province",
            ),
            models.CheckConstraint(
                condition=Q(closed_date__isnull=True)
                | Q(founded_date__isnull=True)
                | Q(closed_date__gte=F("founded_date")),
                name="organisations_closed_later",
            ),
        ]
        indexes = [models.Index(fields=["commune", "sort_name"], name="organisations_order")]

    def __str__(self) -> str:
        return self.name
