"""Builders for tests and the demo; they go through the services, as the node itself."""

import itertools
from datetime import date, timedelta
from uuid import UUID

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.scope import open_commune
from langso.kernel.text import Translated
from langso.kernel.units import Unit
from langso.trade.products import services
from langso.trade.products.rules import CertificateKind

_numbers = itertools.count(1)


def make_product(
    *,
    organisation_id: UUID | None = None,
    household_id: UUID | None = None,
    name: str = "",
    name_en: str = "",
    unit: str = "KG",
    shelf_life_days: int | None = 365,
    standard: str = "TCCS 01:2025",
    published: bool = True,
    **details: object,
) -> UUID:
    """A product of one maker, published unless told otherwise; `details` are other parts of `Description`."""
    actor = system(open_commune())
    description = services.Description(
        name=Translated(vi=name or f"Miến dong {next(_numbers)}", en=name_en),
        unit=Unit(unit),
        shelf_life_days=shelf_life_days,
        standard=standard,
        **details,  # type: ignore[arg-type]
    )
    product_id = services.describe_product(
        actor, description=description, organisation_id=organisation_id, household_id=household_id
    )
    if published:
        services.publish_product(actor, product_id=product_id)
    return product_id


def make_certificate(
    *,
    product_id: UUID,
    kind: str = "VIETGAP",
    number: str = "",
    issuer: str = "Trung tâm Chứng nhận Tây Bắc",
    stars: int | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> UUID:
    """A certificate, valid since 100 days ago for two years unless told otherwise."""
    start = valid_from or clock.today() - timedelta(days=100)
    certificate = services.CertificateDescription(
        kind=CertificateKind(kind),
        number=number or f"VN-{next(_numbers):04d}",
        issuer=issuer,
        stars=stars if stars is not None or kind != CertificateKind.OCOP else 4,
        valid_from=start,
        valid_until=valid_until or start + timedelta(days=730),
    )
    return services.record_certificate(system(open_commune()), product_id=product_id, certificate=certificate)
