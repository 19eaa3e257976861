"""Keeping copies of products at a node where they are not at home, from what their own node told."""

from datetime import datetime

from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.files import copying
from langso.kernel.journal.backlog import ParentMissing
from langso.kernel.journal.events import to_body
from langso.kernel.journal.services import service
from langso.trade.products.events import (
    CertificateRecorded,
    CertificateRevoked,
    ProductDescribed,
    ProductPublished,
    ProductWithdrawn,
)
from langso.trade.products.models import ProductCopy


@service
def keep_product_copy(
    actor: Actor, *, told: ProductDescribed | ProductPublished | ProductWithdrawn, told_at: datetime
) -> None:
    """Write down what a product of the open commune is now, and want its pictures."""
    require(actor.is_system, actor)
    facts = to_body(told)["product"]
    ProductCopy.objects.update_or_create(pk=told.product.product_id, defaults={"facts": facts, "told_at": told_at})
    for sha256 in told.product.pictures:
        copying.want_picture(sha256)


@service
def keep_certificate_copy(actor: Actor, *, told: CertificateRecorded | CertificateRevoked, told_at: datetime) -> None:
    """Write down a certificate of a product. Raises `ParentMissing` where there is no copy of the product yet."""
    require(actor.is_system, actor)
    copy = ProductCopy.objects.filter(pk=told.product_id).first()
    if copy is None:
        raise ParentMissing(f"product:{told.product_id}")
    certificate = to_body(told)["certificate"]
    others = [each for each in copy.facts["certificates"] if each["certificate_id"] != certificate["certificate_id"]]
    facts = {**copy.facts, "certificates": [*others, certificate]}
    ProductCopy.objects.filter(pk=copy.pk).update(facts=facts, told_at=told_at)
