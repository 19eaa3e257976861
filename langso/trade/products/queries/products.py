"""Products as cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from langso.kernel.access.scope import every_commune
from langso.kernel.errors import NotHere
from langso.kernel.text import Translated, fold
from langso.kernel.units import Unit
from langso.trade.products.models import Product, State
from langso.trade.products.queries.rows import product_in_scope


@dataclass(frozen=True, slots=True)
class PackCard:
    """`content` of `content_unit` in one `unit`."""

    id: UUID
    unit: Unit
    content: Decimal
    content_unit: Unit


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product; `pictures` are SHA-256 addresses of public pictures, in order. `is_published`: offered today."""

    id: UUID
    commune: str
    organisation_id: UUID | None
    household_id: UUID | None
    name: Translated
    story: Translated
    storage: Translated
    unit: Unit
    packs: tuple[PackCard, ...]
    brand: str
    standard: str
    shelf_life_days: int | None
    risk_level: str
    pictures: tuple[str, ...]
    state: str

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT


def product_card(*, product_id: UUID) -> ProductCard:
    """A product of the open commune, in whatever state. Raises `NotHere`."""
    return card_of(product_in_scope(product_id))


def commune_of_product(product_id: UUID) -> str:
    """In which commune of this node a product with a public page is at home. Raises `NotHere`."""
    with every_commune("a product's public address names no commune"):
        public = Product.objects.filter(pk=product_id).exclude(state=State.DRAFT)
        commune = public.values_list("commune", flat=True).first()
    if commune is None:
        raise NotHere(_("This product is not known here."))
    return commune


def product_choices(*, organisation_id: UUID | None, household_id: UUID | None) -> list[ProductCard]:
    """The products, drafts too and withdrawn ones not, that goods of this maker may be. An organisation goes first."""
    rows = Product.objects.exclude(state=State.WITHDRAWN).order_by("sort_name", "id")
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    else:
        rows = rows.filter(household_id=household_id, household_id__isnull=False)
    return [card_of(row) for row in rows.prefetch_related("packs", "pictures")]


def offered_products(*, most: int) -> list[ProductCard]:
    """Published products of the open commune in the order of their names, at most so many."""
    rows = Product.objects.offered().order_by("sort_name", "id").prefetch_related("packs", "pictures")
    return cards_of(rows[:most])


def product_named(*, name: str, organisation_id: UUID | None, household_id: UUID | None) -> UUID | None:
    """The maker's product with this name, however it was typed, or None when there is none or more than one."""
    wanted = fold(name)
    choices = product_choices(organisation_id=organisation_id, household_id=household_id)
    found = [card.id for card in choices if wanted and wanted in (fold(card.name.vi), fold(card.name.en))]
    return found[0] if len(found) == 1 else None


def cards_of(rows: Iterable[Product]) -> list[ProductCard]:
    return [card_of(row) for row in rows]


def card_of(row: Product) -> ProductCard:
    return ProductCard(
        id=row.pk,
        commune=row.commune,
        organisation_id=row.organisation_id,
        household_id=row.household_id,
        name=row.name,
        story=row.story,
        storage=row.storage,
        unit=Unit(row.unit),
        packs=tuple(
            PackCard(pack.pk, Unit(pack.unit), pack.content, Unit(pack.content_unit)) for pack in row.packs.all()
        ),
        brand=row.brand,
        standard=row.standard,
        shelf_life_days=row.shelf_life_days,
        risk_level=row.risk_level,
        pictures=tuple(picture.sha256 for picture in row.pictures.all()),
        state=row.state,
    )
