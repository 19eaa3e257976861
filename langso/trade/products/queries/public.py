"""Published products as everybody may read them, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import NotHere
from langso.trade.products.models import Product
from langso.trade.products.queries.certificates import CertificateCard, certificate_card
from langso.trade.products.queries.makers import MakerCard, maker_card
from langso.trade.products.queries.products import ProductCard, card_of, commune_of_product


@dataclass(frozen=True, slots=True)
class PublicProduct:
    """A product with its maker and its certificates as they stand today."""

    product: ProductCard
    maker: MakerCard
    certificates: tuple[CertificateCard, ...]


def public_products(*, commune: str, limit: int, after: UUID | None, today: date) -> list[PublicProduct]:
    """Published products of a commune in the order in which they were written down, from the one after `after` on."""
    with commune_scope(commune):
        rows = Product.objects.offered().prefetch_related("packs", "pictures", "certificates")
        if after is not None:
            rows = rows.filter(pk__gt=after)
        return _cards(list(rows.order_by("pk")[:limit]), today)


def public_product(product_id: UUID, *, today: date) -> PublicProduct:
    """One product with a public page, in whatever commune of this node. Raises `NotHere`."""
    with commune_scope(commune_of_product(product_id)):
        rows = Product.objects.public().prefetch_related("packs", "pictures", "certificates").filter(pk=product_id)
        found = _cards(list(rows), today)
    if not found:
        raise NotHere()
    return found[0]


def _cards(rows: Sequence[Product], today: date) -> list[PublicProduct]:
    makers: dict[tuple[UUID | None, UUID | None], MakerCard] = {}
    for row in rows:
        key = (row.organisation_id, row.household_id)
        if key not in makers:
            makers[key] = maker_card(organisation_id=row.organisation_id, household_id=row.household_id)
    return [
        PublicProduct(
            product=card_of(row),
            maker=makers[row.organisation_id, row.household_id],
            certificates=tuple(certificate_card(each, day=today, today=today) for each in row.certificates.all()),
        )
        for row in rows
    ]
