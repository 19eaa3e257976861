"""Provinces, districts and communes with their days: codes were reused in 2025, so a unit is (code, first day)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from langso.community.places.rules.changes import FIRST_DAY


class Level(models.TextChoices):
    PROVINCE = "PROVINCE", _("Provinces and cities")
    DISTRICT = "DISTRICT", _("Districts (until 30 June 2025)")
    COMMUNE = "COMMUNE", _("Communes, wards, special zones")


class Kind(models.TextChoices):
    """The words of the law; translated ones are those of official English texts."""

    PROVINCE = "PROVINCE", _("Province")
    CITY = "CITY", _("City")
    RURAL_DISTRICT = "RURAL_DISTRICT", _("Rural district")
    URBAN_DISTRICT = "URBAN_DISTRICT", _("Urban district")
    TOWN = "TOWN", _("Town")
    PROVINCIAL_CITY = "PROVINCIAL_CITY", _("City of a province")
    COMMUNE = "COMMUNE", _("Commune")
    WARD = "WARD", _("Ward")
    TOWNSHIP = "TOWNSHIP", _("Township")
    SPECIAL_ZONE = "SPECIAL_ZONE", _("Special zone")


LEVEL_OF = {
    Kind.PROVINCE: Level.PROVINCE,
    Kind.CITY: Level.PROVINCE,
    Kind.RURAL_DISTRICT: Level.DISTRICT,
    Kind.URBAN_DISTRICT: Level.DISTRICT,
    Kind.TOWN: Level.DISTRICT,
    Kind.PROVINCIAL_CITY: Level.DISTRICT,
    Kind.COMMUNE: Level.COMMUNE,
    Kind.WARD: Level.COMMUNE,
    Kind.TOWNSHIP: Level.COMMUNE,
    Kind.SPECIAL_ZONE: Level.COMMUNE,
}

VIETNAMESE_KIND = {
    Kind.PROVINCE: "Tỉnh",
    Kind.CITY: "Thành phố",
    Kind.RURAL_DISTRICT: "Huyện",
    Kind.URBAN_DISTRICT: "Quận",
    Kind.TOWN: "Thị xã",
    Kind.PROVINCIAL_CITY: "Thành phố",
    Kind.COMMUNE: "Xã",
    Kind.WARD: "Phường",
    Kind.TOWNSHIP: "Thị trấn",
    Kind.SPECIAL_ZONE: "Đặc khu",
}


class AdminUnitQuerySet(models.QuerySet["AdminUnit"]):
    def on(self, day: date) -> Self:
        """Units that exist on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def latest_commune(self, code: str, day: date) -> "AdminUnit | None":
        """The commune of today's tiers with this code on that day, or as it last was where it has ended."""
        known = self.filter(level=Level.COMMUNE, code=code, valid_from__gte=FIRST_DAY, valid_from__lte=day)
        return known.order_by("-valid_from").first()

    def with_province(self, day: date | None = None) -> Self:
        """Adds `province_name` and `province_kind`: its province as named on that day, or on the unit's own first."""
        provinces = AdminUnit.objects.filter(level=Level.PROVINCE, code=OuterRef("province_code"))
        moment = day or OuterRef("valid_from")
        provinces = provinces.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=moment), valid_from__lte=moment)
        return self.annotate(
            province_name=Subquery(provinces.values("name")[:1]), province_kind=Subquery(provinces.values("kind")[:1])
        )


class AdminUnit(models.Model):
    """A province, district or commune of the state, from `valid_from` until the day before `valid_to`.

    Not a commune's table: these are facts about the country, the same on every node. Units that ended on 1 July 2025
    are known as they stood in early 2025; their `valid_from` is the day our list begins, not their founding.
    """

    id = models.CharField(primary_key=True, max_length=16, editable=False)
    """The area itself: `03390-2025-07-01`."""
    code = models.CharField(max_length=5)
    level = models.CharField(max_length=8, choices=Level.choices)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    """Empty for units that ended in 2025."""
    parent_code = models.CharField(max_length=5, blank=True)
    """The unit above on the same day, by code: a province may change while its communes stay."""
    province_code = models.CharField(max_length=2)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    folded = models.CharField(max_length=60)
    matching_key = models.CharField(max_length=60)
    sort_name = models.CharField(max_length=200, blank=True)
    """Order in the Vietnamese alphabet; empty for units that ended in 2025."""
    replaced_by = models.ManyToManyField(
        "self", through="Succession", through_fields=("former", "successor"), symmetrical=False, related_name="replaces"
    )

    objects = AdminUnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="places_unit_is_code_and_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="places_unit_ends_later"
            ),
        ]
        indexes = [
            models.Index(fields=["level", "matching_key"], name="places_unit_name"),
            models.Index(fields=["parent_code", "valid_from"], name="places_unit_parent"),
        ]

    @property
    def full_name(self) -> str:
        """Kind and name in Vietnamese, as on a document: "Xã Bình Lư"."""
        return f"{VIETNAMESE_KIND[Kind(self.kind)]} {self.name}"


class Succession(models.Model):
    """What took a unit's place: the whole of it, or one of its parts."""

    class Relation(models.TextChoices):
        WHOLE = "WHOLE", _("whole")
        PART = "PART", _("part")

    former = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="origins")
    relation = models.CharField(max_length=5, choices=Relation.choices)
    is_likeliest = models.BooleanField(default=False)
    """A collector's guess where a unit was split: it may be shown first, never stored as the answer."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["former", "successor"], name="places_succession_once"),
            models.UniqueConstraint(
                fields=["former"], condition=Q(is_likeliest=True), name="places_succession_one_likeliest"
            ),
        ]
