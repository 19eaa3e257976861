"""Tables of products: the product, its packs, pictures, certificates, and who did what when; copies; standards."""

from typing import ClassVar
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.scope import CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.fields import TranslatedField
from langso.kernel.ids import new_id
from langso.kernel.text import Translated
from langso.kernel.units import UNIT_NAMES
from langso.trade.products.rules import CertificateKind

KIND_NAMES = {
    CertificateKind.OCOP: _("OCOP stars"),
    CertificateKind.VIETGAP: _("VietGAP"),
    CertificateKind.GLOBALGAP: _("GlobalGAP"),
    CertificateKind.ORGANIC: _("Organic farming"),
    CertificateKind.FOOD_SAFETY: _("Food safety conditions"),
    CertificateKind.HACCP: _("HACCP or ISO 22000"),
    CertificateKind.LAB_TEST: _("Laboratory test"),
    CertificateKind.GEOGRAPHICAL_INDICATION: _("Geographical indication"),
    CertificateKind.TRADEMARK: _("Trademark"),
    CertificateKind.OTHER: _("Other paper"),
}


class State(models.TextChoices):
    DRAFT = "DRAFT", pgettext_lazy("product", "Draft")
    PUBLISHED = "PUBLISHED", pgettext_lazy("product", "Published")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("product", "Withdrawn")


class RiskLevel(models.TextChoices):
    """How much care the law asks for goods of this kind (Law 78/2025/QH15 sorts goods by risk)."""

    LOW = "LOW", pgettext_lazy("risk", "Low")
    MEDIUM = "MEDIUM", pgettext_lazy("risk", "Medium")
    HIGH = "HIGH", pgettext_lazy("risk", "High")


class ProductQuerySet(CommuneQuerySet["Product"]):
    def public(self) -> "ProductQuerySet":
        """What anybody may see: published ones, and withdrawn ones that still stand on shelves."""
        return self.exclude(state=State.DRAFT)

    def offered(self) -> "ProductQuerySet":
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, actor: Actor, *, household_id: UUID | None) -> "ProductQuerySet":
        """Public ones, drafts of the actor's own household or organisations, and all drafts for the commune's staff."""
        if actor.has_role(Role.OFFICER, Role.HELPER):
            return self
        own = Q(organisation_id__in=actor.organisation_ids(Role.COOPERATIVE_MANAGER, Role.INSPECTOR))
        if household_id is not None:
            own |= Q(household_id=household_id)
        return self.filter(own | ~Q(state=State.DRAFT))


ProductManager = CommuneManager.from_queryset(ProductQuerySet)


class Product(CommuneModel):
    """Something that a household or an organisation makes. Lots of it are counted in `unit`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    name = TranslatedField(default=Translated)
    sort_name = models.CharField(max_length=300)
    folded_name = models.CharField(max_length=250)
    story = TranslatedField(default=Translated)
    storage = TranslatedField(default=Translated)
    unit = models.CharField(max_length=10, choices=list(UNIT_NAMES.items()))
    brand = models.CharField(max_length=80, blank=True)
    standard = models.CharField(max_length=160, blank=True)
    shelf_life_days = models.PositiveIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(3650)])
    risk_level = models.CharField(max_length=6, choices=RiskLevel.choices, default=RiskLevel.LOW)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    changed_at = models.DateTimeField()

    objects: ClassVar[ProductManager["Product"]] = ProductManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(household_id__isnull=True, organisation_id__isnull=False)
                | Q(household_id__isnull=False, organisation_id__isnull=True),
                name="product_has_one_maker",
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "state", "sort_name"], name="product_by_state"),
            models.Index(fields=["organisation_id"], name="product_of_organisation"),
            models.Index(fields=["household_id"], name="product_of_household"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ProductStep(CommuneModel):
    """Who brought a product into which state, when and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=9, choices=State.choices)
    reason = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["done_at", "id"]


class Pack(CommuneModel):
    """What one pack holds: 0.5 KG in one BAG."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="packs")
    unit = models.CharField(max_length=10, choices=list(UNIT_NAMES.items()))
    content = models.DecimalField(max_digits=12, decimal_places=3)
    content_unit = models.CharField(max_length=10, choices=list(UNIT_NAMES.items()))

    class Meta:
        ordering = ["content_unit", "content"]
        constraints = [
            models.CheckConstraint(condition=Q(content__gt=0), name="pack_holds_something"),
            models.UniqueConstraint(fields=["product", "unit", "content", "content_unit"], name="pack_described_once"),
        ]


class Picture(CommuneModel):
    """A picture of the product, public, in the file store."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    sha256 = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["product", "sha256"], name="picture_once_a_product")]


class Certificate(CommuneModel):
    """A paper that says something about the product: who gave it, for what, from when until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=24, choices=list(KIND_NAMES.items()))
    stars = models.PositiveSmallIntegerField(null=True)
    number = models.CharField(max_length=80)
    issuer = models.CharField(max_length=160)
    scope = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    document_name = models.CharField(max_length=160, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=120, blank=True)
    revoked_date = models.DateField(null=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CertificateKind.OCOP, stars__gte=1, stars__lte=5)
                | (~Q(kind=CertificateKind.OCOP) & Q(stars__isnull=True)),
                name="certificate_stars_for_ocop_only",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="certificate_ends_after_start",
            ),
            models.UniqueConstraint(fields=["product", "kind", "number"], name="certificate_recorded_once"),
        ]
        indexes = [models.Index(fields=["commune", "valid_until"], name="certificate_by_end")]


class NameConsent(CommuneModel):
    """A household's word that its head's name may be shown. One open row at most; a withdrawn one stays as a record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household_id = models.UUIDField()
    agreed_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_by_name = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household_id"], condition=Q(withdrawn_at__isnull=True), name="name_consent_open_once"
            )
        ]


class ProductCopy(CommuneModel):
    """A product of a commune that is at home on another node, as that node last told it (`ProductFacts` as JSON)."""

    id = models.UUIDField(primary_key=True, editable=False)
    facts = models.JSONField()
    told_at = models.DateTimeField()


class Standard(CommuneModel):
    """A product standard that the province publishes to all its communes: `commune` is empty. Here or from the hub."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=80)
    title = TranslatedField(default=Translated)
    goods = models.CharField(max_length=160)
    text = TranslatedField(default=Translated)
    valid_from = models.DateField()
    issuer = models.CharField(max_length=160)
    communes = models.TextField(blank=True)
    """Codes of the communes to which it is addressed, with spaces; empty: all."""
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(withdrawn_at__isnull=True), name="standard_in_force_once"
            )
        ]
