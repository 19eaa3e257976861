"""Products of communes that are at home on another node, as that node told them."""

from datetime import date
from typing import Any
from uuid import UUID

from langso.kernel.access.scope import every_commune
from langso.kernel.journal.events import from_body
from langso.kernel.text import Translated
from langso.trade.products.events import CertificateFacts, ProductFacts, ProductPublished
from langso.trade.products.models import KIND_NAMES, ProductCopy
from langso.trade.products.queries.certificates import CertificateCard
from langso.trade.products.queries.makers import MakerCard
from langso.trade.products.queries.products import PackCard, ProductCard
from langso.trade.products.rules import CertificateKind, Standing, standing

FACTS = "trade.products.product_published.v1"


def commune_of_copy(product_id: UUID) -> str | None:
    """In which commune a copied product is at home."""
    with every_commune("a product's public address names no commune"):
        return ProductCopy.objects.filter(pk=product_id).values_list("commune", flat=True).first()


def copied_product(*, product_id: UUID) -> ProductCard | None:
    """The product of the open commune as its own node told it, or None where there is no copy."""
    row = ProductCopy.objects.filter(pk=product_id).first()
    return _card(row) if row else None


def copied_maker(*, product_id: UUID) -> MakerCard | None:
    """Who makes it, as the public may know."""
    row = ProductCopy.objects.filter(pk=product_id).first()
    if row is None:
        return None
    maker = _facts(row).maker
    return MakerCard(maker.organisation_id, None, maker.name, maker.place)


def copied_certificates(*, product_id: UUID, day: date, today: date) -> list[CertificateCard]:
    """Its certificates with their standing on `day` and today, newest first."""
    row = ProductCopy.objects.filter(pk=product_id).first()
    if row is None:
        return []
    told = sorted(_facts(row).certificates, key=lambda each: each.valid_from, reverse=True)
    return [_certificate(product_id, each, day, today) for each in told]


def _facts(row: ProductCopy) -> ProductFacts:
    told: Any = from_body(FACTS, {"product": row.facts})
    assert isinstance(told, ProductPublished)
    return told.product


def _card(row: ProductCopy) -> ProductCard:
    facts = _facts(row)
    return ProductCard(
        id=row.pk,
        commune=row.commune,
        organisation_id=facts.maker.organisation_id,
        household_id=None,
        name=Translated.from_json(facts.name),
        story=Translated.from_json(facts.story),
        storage=Translated.from_json(facts.storage),
        unit=facts.unit,
        packs=tuple(PackCard(row.pk, pack.unit, pack.content, pack.content_unit) for pack in facts.packs),
        brand=facts.brand,
        standard=facts.standard,
        shelf_life_days=facts.shelf_life_days,
        risk_level=facts.risk_level,
        pictures=facts.pictures,
        state=facts.state,
    )


def _certificate(product_id: UUID, facts: CertificateFacts, day: date, today: date) -> CertificateCard:
    kind = CertificateKind(facts.kind)

    def on(when: date) -> Standing:
        return standing(
            when, valid_from=facts.valid_from, valid_until=facts.valid_until, revoked_date=facts.revoked_date
        )

    return CertificateCard(
        id=facts.certificate_id,
        product_id=product_id,
        kind=kind,
        kind_name=str(KIND_NAMES[kind]),
        stars=facts.stars,
        number=facts.number,
        issuer=facts.issuer,
        scope=facts.scope,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        revoked_date=facts.revoked_date,
        revoked_reason="",
        document_sha256="",
        document_name="",
        then=on(day),
        now=on(today),
    )
