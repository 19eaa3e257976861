"""What other nodes tell: products of communes that are at home there, and the province's standards."""

from typing import Any

from langso.kernel.access.actors import system
from langso.kernel.journal.listeners import Heard, on
from langso.trade.products import services
from langso.trade.products.events import (
    CertificateRecorded,
    CertificateRevoked,
    ProductDescribed,
    ProductPublished,
    ProductWithdrawn,
    StandardPublished,
    StandardWithdrawn,
)


@on(ProductDescribed, ProductPublished, ProductWithdrawn, CertificateRecorded, CertificateRevoked, copies=True)
def keep_copy_of_product(entry: Heard[Any]) -> None:
    if entry.at_home or not entry.commune:
        return
    actor = system(entry.commune)
    if isinstance(entry.fact, CertificateRecorded | CertificateRevoked):
        services.keep_certificate_copy(actor, told=entry.fact, told_at=entry.recorded_at)
    else:
        services.keep_product_copy(actor, told=entry.fact, told_at=entry.recorded_at)


@on(StandardPublished, StandardWithdrawn, copies=True)
def take_standard_of_province(entry: Heard[Any]) -> None:
    if not entry.foreign:
        return
    if isinstance(entry.fact, StandardPublished):
        services.take_standard(system(), told=entry.fact, told_at=entry.recorded_at)
    else:
        services.end_standard(system(), told=entry.fact, told_at=entry.recorded_at)
