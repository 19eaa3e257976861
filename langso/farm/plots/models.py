"""Tables: a household's plots and ponds, and the seasons grown on them."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from langso.farm.plots.rules import AreaUnit
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.scope import CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id

COOPERATIVE_STAFF = (Role.COOPERATIVE_MANAGER, Role.INSPECTOR)


class PlotKind(models.TextChoices):
    FIELD = "FIELD", _("Dry field")
    PADDY = "PADDY", _("Rice field")
    GARDEN = "GARDEN", _("Garden")
    POND = "POND", _("Pond")
    GREENHOUSE = "GREENHOUSE", _("Greenhouse")
    FOREST = "FOREST", _("Forest")


class Unit(models.TextChoices):
    M2 = AreaUnit.M2.value, _("m²")
    SAO = AreaUnit.SAO.value, _("sào")
    HA = AreaUnit.HA.value, _("ha")


class Standard(models.TextChoices):
    NONE = "NONE", _("No standard")
    VIETGAP = "VIETGAP", _("VietGAP")
    ORGANIC = "ORGANIC", _("Organic")


class PlotQuerySet(CommuneQuerySet["Plot"]):
    def of_household(self, household_id: UUID) -> "PlotQuerySet":
        return self.filter(household_id=household_id)

    def visible_to(self, actor: Actor) -> "PlotQuerySet":
        """Officers see the commune's plots, cooperative staff those that are or were grown for them, others none."""
        if actor.has_role(Role.OFFICER):
            return self
        staffed = actor.organisation_ids(*COOPERATIVE_STAFF)
        return self.filter(pk__in=Season.objects.filter(organisation_id__in=staffed).values("plot"))

    def kept(self) -> "PlotQuerySet":
        """Plots that the household still works."""
        return self.filter(retired_at__isnull=True)


PlotManager = CommuneManager.from_queryset(PlotQuerySet)


class Plot(CommuneModel):
    """A piece of land or water of one household. `area_unit` is how the household says it; the area is always in m².

    `folded` is name and use for searching without diacritics.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client_id = models.UUIDField(unique=True, default=new_id, editable=False)
    household_id = models.UUIDField(db_index=True)
    village_id = models.UUIDField(null=True)
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=PlotKind.choices)
    area_m2 = models.DecimalField(max_digits=11, decimal_places=2)
    area_unit = models.CharField(max_length=3, choices=Unit.choices, default=Unit.M2)
    use = models.CharField(max_length=80, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    outline = models.JSONField(null=True)
    registered_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[PlotManager["Plot"]] = PlotManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="plots_plot_area_positive"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="plots_plot_whole_point",
            ),
            models.UniqueConstraint(
                fields=["household_id", "name"], condition=Q(retired_at__isnull=True), name="plots_plot_name_once"
            ),
        ]


class SeasonQuerySet(CommuneQuerySet["Season"]):
    def of_household(self, household_id: UUID) -> "SeasonQuerySet":
        return self.filter(plot__household_id=household_id)

    def visible_to(self, actor: Actor) -> "SeasonQuerySet":
        """Officers see the commune's seasons, cooperative staff their own, others none here."""
        if actor.has_role(Role.OFFICER):
            return self
        return self.filter(organisation_id__in=actor.organisation_ids(*COOPERATIVE_STAFF))

    def running(self) -> "SeasonQuerySet":
        return self.filter(closed_date__isnull=True)


SeasonManager = CommuneManager.from_queryset(SeasonQuerySet)


class Season(CommuneModel):
    """One crop or one stocking on one plot, from its start to its close. `folded`: the product, for searching."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client_id = models.UUIDField(unique=True, default=new_id, editable=False)
    plot = models.ForeignKey(Plot, on_delete=models.PROTECT, related_name="seasons")
    product_name = models.CharField(max_length=80)
    folded = models.CharField(max_length=120)
    product_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True, db_index=True)
    standard = models.CharField(max_length=10, choices=Standard.choices, default=Standard.NONE)
    start_date = models.DateField()
    expected_harvest_date = models.DateField(null=True)
    expected_kg = models.DecimalField(max_digits=11, decimal_places=2, null=True)
    started_at = models.DateTimeField()
    closed_date = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[SeasonManager["Season"]] = SeasonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_kg__isnull=True) | Q(expected_kg__gt=0), name="plots_season_expected_positive"
            ),
            models.CheckConstraint(
                condition=Q(expected_harvest_date__isnull=True) | Q(expected_harvest_date__gte=F("start_date")),
                name="plots_season_expected_after_start",
            ),
            models.CheckConstraint(
                condition=Q(closed_date__isnull=True) | Q(closed_date__gte=F("start_date")),
                name="plots_season_closed_after_start",
            ),
        ]
