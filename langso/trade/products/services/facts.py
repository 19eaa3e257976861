"""The whole public state of a product, for the journal."""

from langso.kernel.access.actors import Actor
from langso.kernel.journal.events import Reach
from langso.kernel.journal.services import emit
from langso.kernel.units import Unit
from langso.trade.products.events import CertificateFacts, Maker, PackFacts, ProductDescribed, ProductFacts
from langso.trade.products.models import Certificate, Product, State
from langso.trade.products.queries.makers import maker_card
from langso.trade.products.rules import CertificateKind


def facts_of(product: Product) -> ProductFacts:
    """The whole public state of a product, for the journal."""
    maker = maker_card(organisation_id=product.organisation_id, household_id=product.household_id)
    return ProductFacts(
        product_id=product.pk,
        maker=Maker(organisation_id=maker.organisation_id, name=str(maker.name), place=str(maker.place)),
        name=product.name.to_json(),
        story=product.story.to_json(),
        storage=product.storage.to_json(),
        unit=Unit(product.unit),
        packs=tuple(
            PackFacts(unit=Unit(pack.unit), content=pack.content, content_unit=Unit(pack.content_unit))
            for pack in product.packs.all()
        ),
        brand=product.brand,
        standard=product.standard,
        shelf_life_days=product.shelf_life_days,
        risk_level=product.risk_level,
        pictures=tuple(product.pictures.values_list("sha256", flat=True)),
        certificates=tuple(certificate_facts(row) for row in product.certificates.all()),
        state=product.state,
    )


def certificate_facts(row: Certificate) -> CertificateFacts:
    return CertificateFacts(
        certificate_id=row.pk,
        kind=CertificateKind(row.kind),
        stars=row.stars,
        number=row.number,
        issuer=row.issuer,
        scope=row.scope,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        revoked_date=row.revoked_date,
        document_sha256=row.document_sha256,
    )


def reach_of(product: Product) -> Reach:
    """A draft is nobody else's business."""
    return Reach.HERE if product.state == State.DRAFT else Reach.PUBLIC


def tell_described(actor: Actor, product: Product) -> None:
    emit(actor, ProductDescribed(product=facts_of(product)), reach=reach_of(product))
