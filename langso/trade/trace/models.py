"""Tables of lots: the lot, the acts that turn lots into lots, holds, labels, scans and suspicions."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.scope import CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.fields import TranslatedField
from langso.kernel.ids import new_id
from langso.kernel.text import Translated
from langso.kernel.units import UNIT_NAMES
from langso.trade.trace.rules.field_sets import Field
from langso.trade.trace.rules.sheets import Paper

UNITS = list(UNIT_NAMES.items())

FIELD_NAMES = {
    Field.PRODUCT_NAME: _("Product"),
    Field.PICTURE: _("Picture"),
    Field.MAKER: _("Made by, and address"),
    Field.STEPS: _("Steps of production"),
    Field.LOT_CODE: _("Code of the lot"),
    Field.PLACE_CODE: _("Code of the place of production"),
    Field.TIME: _("Time of production"),
    Field.BRAND_LOT: _("Brand and lot number"),
    Field.EXPIRY: _("Best before"),
    Field.STANDARD: _("Standard applied"),
}


class State(models.TextChoices):
    RECORDED = "RECORDED", pgettext_lazy("lot", "Recorded")
    ISSUED = "ISSUED", pgettext_lazy("lot", "Issued")
    SOLD_OUT = "SOLD_OUT", pgettext_lazy("lot", "Sold out")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("lot", "Withdrawn")


class Origin(models.TextChoices):
    HARVEST = "HARVEST", _("Harvest from a diary")
    HAND = "HAND", _("Written by hand")
    MADE = "MADE", _("Made from other lots")


class Kind(models.TextChoices):
    """Acts that turn lots into lots. Splitting, merging and grading leave the goods as they were."""

    SPLIT = "SPLIT", _("Splitting")
    MERGE = "MERGE", _("Merging")
    GRADE = "GRADE", _("Sorting and grading")
    DRY = "DRY", _("Drying")
    MILL = "MILL", _("Milling")
    MIX = "MIX", _("Mixing")
    COOK = "COOK", _("Cooking")


UNCHANGED = (Kind.SPLIT, Kind.MERGE, Kind.GRADE)


class Outcome(models.TextChoices):
    """What became of a suspicion."""

    FAKE = "FAKE", _("Goods that are not ours: told the authorities")
    MISREAD = "MISREAD", _("The code was misread")
    OURS = "OURS", _("Our own mistake, put right")
    NOTHING = "NOTHING", _("Nothing found")


class ProductionPlace(CommuneModel):
    """A place where goods are made, with a random code. It names a village, plot or workshop, never a person."""

    class Kind(models.TextChoices):
        PLOT = "PLOT"
        HOUSEHOLD = "HOUSEHOLD"
        ORGANISATION = "ORGANISATION"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    of_id = models.UUIDField()
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "of_id"], name="place_has_one_code")]


class LotQuerySet(CommuneQuerySet["Lot"]):
    def with_held(self) -> "LotQuerySet":
        return self.annotate(held=Exists(Hold.objects.filter(lot=OuterRef("pk"), released_at__isnull=True)))

    def held(self) -> "LotQuerySet":
        return self.filter(pk__in=Hold.objects.filter(released_at__isnull=True).values("lot"))

    def free(self) -> "LotQuerySet":
        return self.exclude(pk__in=Hold.objects.filter(released_at__isnull=True).values("lot"))

    def public(self) -> "LotQuerySet":
        """Lots whose labels may be on the market, withdrawn ones too: their pages must tell."""
        return self.filter(issued_at__isnull=False)

    def managed_by(self, actor: Actor, *, household_id: UUID | None) -> "LotQuerySet":
        """What the actor works with: lots of their organisations and household; all of them for the commune's staff."""
        if actor.has_role(Role.OFFICER, Role.HELPER):
            return self
        own = Q(organisation_id__in=actor.organisation_ids(Role.COOPERATIVE_MANAGER, Role.INSPECTOR))
        if household_id is not None:
            own |= Q(household_id=household_id)
        return self.filter(own)


LotManager = CommuneManager.from_queryset(LotQuerySet)


class Lot(CommuneModel):
    """A quantity of one product made together, with a public code.

    `organisation_id` keeps it (issues labels, answers for it), `household_id` grew or made it; one may be missing.
    `quantity` is what was there at the start, `available` what has not gone into other lots or been sold; the act that
    takes from it claims by `available >= taken`, so it never becomes negative.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=16, unique=True)
    product_id = models.UUIDField(null=True)
    product_name = TranslatedField(default=Translated)
    search_text = models.CharField(max_length=400)
    organisation_id = models.UUIDField(null=True)
    household_id = models.UUIDField(null=True)
    origin = models.CharField(max_length=7, choices=Origin.choices)
    harvest_id = models.UUIDField(null=True, unique=True)
    season_id = models.UUIDField(null=True)
    made_by = models.ForeignKey("Transformation", null=True, on_delete=models.PROTECT, related_name="outputs")
    place = models.ForeignKey(ProductionPlace, null=True, on_delete=models.PROTECT, related_name="+")
    produced_date = models.DateField()
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    available = models.DecimalField(max_digits=14, decimal_places=3)
    unit = models.CharField(max_length=10, choices=UNITS)
    packed_date = models.DateField(null=True)
    pack_unit = models.CharField(max_length=10, choices=UNITS, blank=True)
    pack_content = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    pack_content_unit = models.CharField(max_length=10, choices=UNITS, blank=True)
    pack_count = models.PositiveIntegerField(null=True)
    expiry_date = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RECORDED)
    recorded_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    objects: ClassVar[LotManager["Lot"]] = LotManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation_id__isnull=False) | Q(household_id__isnull=False), name="lot_has_a_maker"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="lot_has_a_quantity"),
            models.CheckConstraint(
                condition=Q(available__gte=0, available__lte=F("quantity")), name="lot_never_gives_more_than_it_has"
            ),
            models.CheckConstraint(
                condition=Q(state=State.RECORDED, issued_at__isnull=True) | (~Q(state=State.RECORDED)),
                name="lot_issued_at_when_issued",
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "-recorded_at"], name="lot_by_time"),
            models.Index(fields=["issued_at", "id"], condition=Q(issued_at__isnull=False), name="lot_by_issue"),
            models.Index(fields=["organisation_id", "state"], name="lot_of_organisation"),
            models.Index(fields=["season_id"], name="lot_of_season"),
        ]

    def __str__(self) -> str:
        return self.code


class LotStep(CommuneModel):
    """Who brought a lot into which state, when and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=9, choices=State.choices)
    reason = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["done_at", "id"]


class Transformation(CommuneModel):
    """One act that turned lots into lots; `lost` and `unaccounted` are in `unit`, the unit of its first input."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    done_date = models.DateField()
    unit = models.CharField(max_length=10, choices=UNITS)
    lost = models.DecimalField(max_digits=20, decimal_places=9)
    unaccounted = models.DecimalField(max_digits=20, decimal_places=9)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lost__gte=0, unaccounted__gte=0), name="transformation_creates_nothing"),
        ]


class Taken(CommuneModel):
    """What a transformation took from a lot, in that lot's unit: the link from a lot to what was made from it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    transformation = models.ForeignKey(Transformation, on_delete=models.CASCADE, related_name="inputs")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="uses")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transformation", "lot"], name="lot_taken_once_in_an_act"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="something_is_taken"),
        ]


class Hold(CommuneModel):
    """Why a lot may not move, and who let it go again.

    `concern` is the id of the diary's finding that caused it, if one did; `follows` the hold of a lot from which this
    one was made. `cause_ended_at`: a correction in the diary removed the cause, a person has yet to release the lot.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=300)
    concern = models.CharField(max_length=40, blank=True)
    cause_ended_at = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="followers")
    held_at = models.DateTimeField()
    held_by = models.UUIDField(null=True)
    held_by_name = models.CharField(max_length=120, blank=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.UUIDField(null=True)
    released_by_name = models.CharField(max_length=120, blank=True)
    release_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["held_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "concern"], condition=~Q(concern=""), name="concern_holds_a_lot_once"
            ),
        ]
        indexes = [models.Index(fields=["lot"], condition=Q(released_at__isnull=True), name="hold_open")]


class LabelPrint(CommuneModel):
    """Labels that were printed: who, how many, on what, when. `number` counts the prints of a lot from 1."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="prints")
    number = models.PositiveSmallIntegerField()
    paper = models.CharField(max_length=10, choices=[(paper.value, paper.value) for paper in Paper])
    count = models.PositiveIntegerField()
    start = models.PositiveSmallIntegerField(default=1)
    reprint_reason = models.CharField(max_length=300, blank=True)
    printed_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["lot", "number"], name="print_numbered_once")]


class ScanCount(CommuneModel):
    """How often a lot's page was opened on a day. Nothing about who, where or with what is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="scans")
    counted_date = models.DateField()
    scans = models.PositiveIntegerField(default=0)
    told = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lot", "counted_date"], name="scans_counted_by_day")]


class Suspicion(CommuneModel):
    """Somebody thinks that a code is false. Their words and, if they like, how to reach them stay on this node."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40)
    lot = models.ForeignKey(Lot, null=True, on_delete=models.SET_NULL, related_name="suspicions")
    account = models.TextField(max_length=1000)
    seen_where = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    reported_at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=Outcome.choices, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    settled_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-reported_at"]
        indexes = [
            models.Index(fields=["commune", "reported_at"], condition=Q(settled_at__isnull=True), name="suspicion_open")
        ]


class LotCopy(CommuneModel):
    """A lot of a commune that is at home on another node, as that node last told it (`LotFacts` as JSON).

    Nothing here is ever changed by hand: whoever wants something of the lot asks its home (`HoldWish`).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=16, unique=True)
    product_name = TranslatedField(default=Translated)
    search_text = models.CharField(max_length=400)
    keeper = models.CharField(max_length=160, blank=True)
    facts = models.JSONField()
    state = models.CharField(max_length=9, choices=State.choices)
    produced_date = models.DateField()
    issued_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["commune", "-produced_date"], name="lot_copy_by_time")]


class HoldCopy(CommuneModel):
    """A hold of such a lot."""

    id = models.UUIDField(primary_key=True, editable=False)
    lot_id = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=300)
    held_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    release_reason = models.CharField(max_length=300, blank=True)


class ActCopy(CommuneModel):
    """An act that turned such lots into others: the codes that went in and came out, with their quantities as JSON."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    done_date = models.DateField()
    taken = models.JSONField()
    made = models.JSONField()
    told = models.JSONField()


class ActLine(CommuneModel):
    """Which lot stands on which side of an act: how a lot's page finds what it was made from and went into."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.ForeignKey(ActCopy, on_delete=models.CASCADE, related_name="lines")
    lot_id = models.UUIDField(db_index=True)
    is_made = models.BooleanField()


class HoldWish(CommuneModel):
    """The province asks a lot's home to hold it. The home holds it or says why not; `outcome` is empty until then."""

    class Outcome(models.TextChoices):
        HELD = "HELD", pgettext_lazy("wish", "held")
        REFUSED = "REFUSED", pgettext_lazy("wish", "refused")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lot_id = models.UUIDField(db_index=True)
    code = models.CharField(max_length=16)
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    asked_by_name = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
