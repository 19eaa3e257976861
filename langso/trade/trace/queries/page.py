"""A lot as its public page tells it, in the active language. Nothing here names a person who did not agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Prefetch, Q, Sum
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from langso.farm.diary.queries import ConcernCard
from langso.kernel.access.scope import every_commune
from langso.kernel.errors import NotHere
from langso.kernel.journal.memory import while_unmoved
from langso.kernel.text import Translated
from langso.kernel.units import Unit
from langso.trade.products.queries import (
    CertificateCard,
    MakerCard,
    ProductCard,
    certificates_of,
    maker_card,
)
from langso.trade.trace.models import Hold, Lot, LotCopy, ScanCount, State, Taken
from langso.trade.trace.queries.lots import product_of
from langso.trade.trace.queries.quantities import pack_text
from langso.trade.trace.queries.way import BACKDATED, WayItem, reasons_of, way_of
from langso.trade.trace.rules.field_sets import Field, TraceFieldSet, field_set_on
from langso.trade.trace.rules.printing import grouped


@dataclass(frozen=True, slots=True)
class HoldCard:
    """Why a lot is or was held. Who released it is named: that is what makes a release worth something."""

    id: UUID
    reason: str
    held_at: datetime
    held_by_name: str
    cause_ended_at: datetime | None
    released_at: datetime | None
    released_by_name: str
    release_reason: str

    @property
    def is_open(self) -> bool:
        return self.released_at is None


@dataclass(frozen=True, slots=True)
class LotLink:
    """A lot that this one was made from or went into. `is_public`: it has a page of its own."""

    code: str
    product_name: Translated
    is_public: bool


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A mandatory field: its number in the set and what is known of it, empty when nobody supplied it."""

    number: int
    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class LotPage:
    """Everything that `/lot/<code>` shows. `late_entries` of the diary were written down long after the work."""

    id: UUID
    commune: str
    code: str
    state: str
    product: ProductCard | None
    product_name: Translated
    keeper: MakerCard | None
    maker: MakerCard
    place_code: str
    place_name: str
    produced_date: date
    is_harvest: bool
    quantity: Decimal
    unit: Unit
    packed_date: date | None
    pack_text: str
    expiry_date: date | None
    is_expired: bool
    issued_at: datetime | None
    withdrawn_reason: str
    way: tuple[WayItem, ...]
    diary: tuple[WayItem, ...]
    steps_told: int
    steps_checked: int
    concerns: tuple[ConcernCard, ...]
    late_entries: int
    holds: tuple[HoldCard, ...]
    certificates: tuple[CertificateCard, ...]
    parents: tuple[LotLink, ...]
    children: tuple[LotLink, ...]
    field_set: TraceFieldSet
    fields: tuple[FieldValue, ...]
    picture: str
    told_at: datetime | None = None
    """When its home said this, where the lot is a copy."""

    @property
    def is_held(self) -> bool:
        return any(hold.is_open for hold in self.holds)


def commune_of_lot(code: str) -> str:
    """In which commune of this node a lot with a public page is at home: a scan does not say. Raises `NotHere`."""
    with every_commune("a code on a label names no commune"):
        commune = Lot.objects.public().filter(code=code).values_list("commune", flat=True).first()
        if commune is None:
            copies = LotCopy.objects.filter(code=code, issued_at__isnull=False)
            commune = copies.values_list("commune", flat=True).first()
    if commune is None:
        raise NotHere(_("This code was never issued."))
    return commune


def issued_lot(code: str) -> Lot | None:
    """An issued lot that is at home on this node, in whatever commune, with all that `lot_page` reads of it."""
    with every_commune("a code on a label names no commune"):
        lots = (
            Lot.objects.public()
            .select_related("place", "made_by")
            .prefetch_related(
                "steps",
                Prefetch("holds", Hold.objects.select_related("follows")),
                Prefetch("uses", Taken.objects.select_related("transformation")),
            )
        )
        return lots.filter(code=code).first()


def lot_page(lot: Lot, *, today: date) -> LotPage:
    """The page of an `issued_lot` of the open commune."""
    language = get_language()
    product = while_unmoved(("product_of_lots", lot.product_id, language), lambda: product_of(lot))
    keeper = while_unmoved(("keeper_of_lots", lot.organisation_id, language), lambda: _keeper_of(lot))
    maker = keeper if keeper and lot.household_id is None else _maker_of(lot)
    way = way_of(lot)
    fields = field_set_on(lot.produced_date)
    return LotPage(
        id=lot.pk,
        commune=lot.commune,
        code=lot.code,
        state=lot.state,
        product=product,
        product_name=lot.product_name,
        keeper=keeper,
        maker=maker,
        place_code=lot.place.code if lot.place else "",
        place_name=lot.place.name if lot.place else "",
        produced_date=lot.produced_date,
        is_harvest=lot.harvest_id is not None,
        quantity=lot.quantity,
        unit=Unit(lot.unit),
        packed_date=lot.packed_date,
        pack_text=pack_text(lot),
        expiry_date=lot.expiry_date,
        is_expired=lot.expiry_date is not None and lot.expiry_date < today,
        issued_at=lot.issued_at,
        withdrawn_reason=_withdrawn_reason(lot),
        way=way.items,
        diary=way.diary,
        steps_told=way.told,
        steps_checked=way.checked,
        concerns=tuple(concern for concern in way.concerns if concern.code != BACKDATED),
        late_entries=sum(1 for concern in way.concerns if concern.code == BACKDATED),
        holds=holds_of(lot, way.concerns),
        certificates=_certificates(lot, today),
        parents=_links({taken.lot for taken in lot.made_by.inputs.all()} if lot.made_by else ()),
        children=_links(Lot.objects.filter(made_by__in=[taken.transformation_id for taken in lot.uses.all()])),
        field_set=fields,
        fields=field_values(fields, _supplied(lot, product, keeper or maker, len(way.items))),
        picture=product.pictures[0] if product and product.pictures else "",
    )


@dataclass(frozen=True, slots=True)
class Scans:
    """How often the public page of a lot was opened before. `untold`: days that are over and not in the journal yet."""

    total: int
    today: bool
    untold: int


def scans_of(lot_id: UUID, *, today: date) -> Scans:
    found = ScanCount.objects.filter(lot_id=lot_id).aggregate(
        total=Sum("scans", default=0),
        today=Count("pk", filter=Q(counted_date=today)),
        untold=Count("pk", filter=Q(counted_date__lt=today, told=False)),
    )
    return Scans(found["total"], bool(found["today"]), found["untold"])


def holds_of(lot: Lot, concerns: Iterable[ConcernCard] = ()) -> tuple[HoldCard, ...]:
    """Why the lot is or was held. A reason that is one of these `concerns` is told in their language."""
    told = reasons_of(lot, concerns)
    return tuple(
        HoldCard(
            id=hold.pk,
            reason=told[hold.pk],
            held_at=hold.held_at,
            held_by_name=hold.held_by_name if hold.held_by else "",
            cause_ended_at=hold.cause_ended_at,
            released_at=hold.released_at,
            released_by_name=hold.released_by_name,
            release_reason=hold.release_reason,
        )
        for hold in lot.holds.all()
    )


def _keeper_of(lot: Lot) -> MakerCard | None:
    return maker_card(organisation_id=lot.organisation_id, household_id=None) if lot.organisation_id else None


def _maker_of(lot: Lot) -> MakerCard:
    if lot.household_id is not None:
        return maker_card(organisation_id=None, household_id=lot.household_id)
    return maker_card(organisation_id=lot.organisation_id, household_id=None)


def _certificates(lot: Lot, today: date) -> tuple[CertificateCard, ...]:
    """Those of its product, which many lots of a day share."""
    product_id, day = lot.product_id, lot.produced_date
    if product_id is None:
        return ()
    key = ("certificates_of_lots", product_id, day, today, get_language())
    return while_unmoved(key, lambda: tuple(certificates_of(product_id=product_id, day=day, today=today)))


def _links(lots: Iterable[Lot]) -> tuple[LotLink, ...]:
    rows = sorted(lots, key=lambda lot: (lot.recorded_at, lot.pk))
    return tuple(LotLink(row.code, row.product_name, row.issued_at is not None) for row in rows)


def _withdrawn_reason(lot: Lot) -> str:
    if lot.state != State.WITHDRAWN:
        return ""
    return next((step.reason for step in reversed(lot.steps.all()) if step.state == State.WITHDRAWN), "")


@dataclass(frozen=True, slots=True)
class Supplied:
    """What was supplied for the mandatory fields; empty where nothing was. `days`: of making and packing."""

    product_name: str
    has_picture: bool
    maker: str
    steps: int
    code: str
    place_code: str
    days: tuple[date | None, date | None]
    brand: str
    expiry_date: date | None
    standard: str


def field_values(fields: TraceFieldSet, supplied: Supplied) -> tuple[FieldValue, ...]:
    """What is known of each mandatory field. A brand alone does not fill field 8: the lot's number does."""
    steps = ngettext("%(count)d step, shown above", "%(count)d steps, shown above", supplied.steps)
    values: dict[Field, str] = {
        Field.PRODUCT_NAME: supplied.product_name,
        Field.PICTURE: _("shown above") if supplied.has_picture else "",
        Field.MAKER: supplied.maker,
        Field.STEPS: steps % {"count": supplied.steps} if supplied.steps else "",
        Field.LOT_CODE: grouped(supplied.code),
        Field.PLACE_CODE: grouped(supplied.place_code) if supplied.place_code else "",
        Field.TIME: " – ".join(f"{day:%d/%m/%Y}" for day in supplied.days if day),
        Field.BRAND_LOT: " · ".join(part for part in (supplied.brand, grouped(supplied.code)) if part),
        Field.EXPIRY: f"{supplied.expiry_date:%d/%m/%Y}" if supplied.expiry_date else "",
        Field.STANDARD: supplied.standard,
    }
    return tuple(FieldValue(number, field, values[field]) for number, field in enumerate(fields.fields, 1))


def _supplied(lot: Lot, product: ProductCard | None, maker: MakerCard, steps: int) -> Supplied:
    return Supplied(
        product_name=str(lot.product_name),
        has_picture=bool(product and product.pictures),
        maker=", ".join(part for part in (maker.name, maker.place or _place_name(lot)) if part),
        steps=steps,
        code=lot.code,
        place_code=lot.place.code if lot.place else "",
        days=(lot.produced_date, lot.packed_date),
        brand=product.brand if product else "",
        expiry_date=lot.expiry_date,
        standard=product.standard if product else "",
    )


def _place_name(lot: Lot) -> str:
    return lot.place.name if lot.place else ""
