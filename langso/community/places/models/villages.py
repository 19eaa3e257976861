"""Villages: the parts of a commune that people name when they say where they live."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.scope import CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id


class VillageKind(models.TextChoices):
    """The word in front of the name. All are the same thing to the law: thôn in a commune, tổ dân phố in a ward."""

    THON = "THON", _("Thôn (village)")
    BAN = "BAN", _("Bản (upland village)")
    AP = "AP", _("Ấp (southern village)")
    LANG = "LANG", _("Làng (village)")
    BUON = "BUON", _("Buôn (highland village)")
    XOM = "XOM", _("Xóm (hamlet)")
    SOC = "SOC", _("Sóc (Khmer village)")
    TO_DAN_PHO = "TO_DAN_PHO", _("Tổ dân phố (residential group)")
    KHU_PHO = "KHU_PHO", _("Khu phố (quarter)")
    KHOM = "KHOM", _("Khóm (quarter)")


class VillageQuerySet(CommuneQuerySet["Village"]):
    def living(self) -> Self:
        """Villages that were not merged into another."""
        return self.filter(is_merged=False)


VillageManager = CommuneManager.from_queryset(VillageQuerySet)


class Village(CommuneModel):
    """A village of the commune. `name` is the whole name, "Bản Nà Đon"; a merged one stays, with its `merger`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=VillageKind.choices)
    name = models.CharField(max_length=80)
    folded_name = models.CharField(max_length=100)
    matching_key = models.CharField(max_length=80)
    sort_name = models.CharField(max_length=260)
    order = models.PositiveIntegerField(default=0)
    """Where the commune lists it; equal numbers are listed by name."""
    population_note = models.CharField(max_length=200, blank=True)
    """What the village head says: "128 hộ, 560 người, tháng 6". Figures are counted from the register, never here."""
    is_merged = models.BooleanField(default=False)
    """True with a `merger`; here so that the database can keep the names of living villages apart."""

    objects: ClassVar[VillageManager["Village"]] = VillageManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "matching_key"], condition=Q(is_merged=False), name="places_village_name_once"
            )
        ]


class VillageMerger(CommuneModel):
    """When, by whom and on what decision a village became part of another."""

    village = models.OneToOneField(Village, on_delete=models.CASCADE, related_name="merger")
    into = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="mergers")
    legal_basis = models.CharField(max_length=200, blank=True)
    merged_at = models.DateTimeField()
    merged_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(village=F("into")), name="places_village_not_into_itself"),
        ]
