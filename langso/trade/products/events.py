"""What happens to a product. A published product travels as open data; a draft stays on the node."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from langso.kernel.journal.events import Reach, event
from langso.kernel.units import Unit


@dataclass(frozen=True, kw_only=True)
class Maker:
    """Who makes it, as the public may know: a household stands here by name only with its consent."""

    organisation_id: UUID | None
    name: str
    place: str


@dataclass(frozen=True, kw_only=True)
class PackFacts:
    """One pack: `content` of `content_unit` in one `unit` (0.5 KG in one BAG)."""

    unit: Unit
    content: Decimal
    content_unit: Unit


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    certificate_id: UUID
    kind: str
    stars: int | None
    number: str
    issuer: str
    scope: str
    valid_from: date
    valid_until: date | None
    revoked_date: date | None
    document_sha256: str


@dataclass(frozen=True, kw_only=True)
class ProductFacts:
    """Everything that a product's public page shows. Pictures are SHA-256 addresses, in order."""

    product_id: UUID
    maker: Maker
    name: dict[str, str]
    story: dict[str, str]
    storage: dict[str, str]
    unit: Unit
    packs: tuple[PackFacts, ...]
    brand: str
    standard: str
    shelf_life_days: int | None
    risk_level: str
    pictures: tuple[str, ...]
    certificates: tuple[CertificateFacts, ...]
    state: str


@event(version=1, reach=Reach.PUBLIC)
class ProductDescribed:
    """A product was written down or changed. Narrowed to HERE while it is a draft."""

    product: ProductFacts


@event(version=1, reach=Reach.PUBLIC)
class ProductPublished:
    product: ProductFacts


@event(version=1, reach=Reach.PUBLIC)
class ProductWithdrawn:
    """No longer offered. Its page stays, and says so, because packs with its name are still on shelves."""

    product: ProductFacts
    reason: str


@event(version=1, reach=Reach.PUBLIC)
class CertificateRecorded:
    """A certificate was written down. Narrowed to HERE while the product is a draft."""

    product_id: UUID
    certificate: CertificateFacts


@event(version=1, reach=Reach.PUBLIC)
class CertificateRevoked:
    product_id: UUID
    certificate: CertificateFacts
    reason: str


@event(version=1, reach=Reach.HERE)
class NameShownAgreed:
    """A household agreed that its head's name stands on public pages of its products and lots."""

    household_id: UUID
    agreed_by: UUID | None


@event(version=1, reach=Reach.HERE)
class NameShownWithdrawn:
    """The household no longer agrees: pages show the cooperative or the village only."""

    household_id: UUID


@dataclass(frozen=True, kw_only=True)
class StandardFacts:
    """A product standard as the province publishes it. `goods`: for what; `title` and `text` in two languages.

    `communes`: the codes of those to which it is addressed; none means all.
    """

    standard_id: UUID
    number: str
    title: dict[str, str]
    goods: str
    text: dict[str, str]
    valid_from: date
    issuer: str
    communes: tuple[str, ...] = ()


@event(version=1, reach=Reach.COMMUNES)
class StandardPublished:
    """The province published a standard: it goes down to every commune, or to each that it is addressed to."""

    standard: StandardFacts


@event(version=1, reach=Reach.COMMUNES)
class StandardWithdrawn:
    """The province's standard is no longer in force."""

    standard_id: UUID
    number: str
    reason: str
