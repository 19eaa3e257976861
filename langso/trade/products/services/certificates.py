"""Certificates of products."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid, NotHere
from langso.kernel.files import services as files
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc
from langso.trade.products import access
from langso.trade.products.events import CertificateRecorded, CertificateRevoked
from langso.trade.products.models import Certificate
from langso.trade.products.queries.rows import seen_product
from langso.trade.products.rules import OCOP_MONTHS, CertificateKind, months_later
from langso.trade.products.services.facts import certificate_facts, reach_of
from langso.trade.products.services.pictures import Upload


class AlreadyThere(DomainError):
    code = "already_there"
    message = _("This has been recorded already.")


@dataclass(frozen=True, slots=True)
class CertificateDescription:
    """What stands on a certificate. An OCOP certificate without an end is given the law's 36 months."""

    kind: CertificateKind
    number: str
    issuer: str
    valid_from: date
    valid_until: date | None = None
    stars: int | None = None
    scope: str = ""


@service
def record_certificate(
    actor: Actor, *, product_id: UUID, certificate: CertificateDescription, document: Upload | None = None
) -> UUID:
    """Write down a certificate, with a copy of the paper if there is one. Returns its id.

    Raises `AlreadyThere` for the same kind and number, `Invalid` for an end before the start or stars out of place.
    """
    product = seen_product(actor, product_id)
    require(access.can_edit(actor, product), actor)
    _check_certificate(certificate)
    row = Certificate(
        product=product,
        kind=certificate.kind,
        stars=certificate.stars,
        number=nfc(certificate.number).strip(),
        issuer=nfc(certificate.issuer).strip(),
        scope=nfc(certificate.scope).strip(),
        valid_from=certificate.valid_from,
        valid_until=_end_of(certificate),
        recorded_at=clock.now(),
        recorded_by_name=actor.name,
    )
    if Certificate.objects.filter(product=product, kind=row.kind, number=row.number).exists():
        raise AlreadyThere(_("A certificate of this kind with this number has been recorded already."))
    if document is not None:
        row.document_name = nfc(document.name or "")[:160]
        row.document_sha256 = files.keep_file(
            actor, content=document.read(), name=row.document_name, content_type=document.content_type or ""
        )
    row.save(force_insert=True)
    emit(actor, CertificateRecorded(product_id=product.pk, certificate=certificate_facts(row)), reach=reach_of(product))
    return row.pk


@service
def revoke_certificate(
    actor: Actor, *, product_id: UUID, certificate_id: UUID, revoked_date: date, reason: str
) -> None:
    """Write down that the issuer took a certificate back. Raises `Invalid` without a reason or for a day to come."""
    product = seen_product(actor, product_id)
    require(access.can_edit(actor, product), actor)
    reason = nfc(reason).strip()
    if not reason:
        raise Invalid(_("Say why, in one sentence."), fields={"reason": _("Say why, in one sentence.")})
    if revoked_date > clock.today():
        raise Invalid(_("This day has not come yet."), fields={"revoked_date": _("This day has not come yet.")})
    claimed = Certificate.objects.filter(pk=certificate_id, product=product, revoked_date__isnull=True).update(
        revoked_date=revoked_date, revoked_reason=reason
    )
    if not claimed:
        raise NotHere(_("No valid certificate of this product is known here under this address."))
    row = Certificate.objects.get(pk=certificate_id)
    emit(
        actor,
        CertificateRevoked(product_id=product.pk, certificate=certificate_facts(row), reason=reason),
        reason=reason,
        reach=reach_of(product),
    )


def _check_certificate(certificate: CertificateDescription) -> None:
    if not certificate.number.strip() or not certificate.issuer.strip():
        raise Invalid(_("Write the certificate's number and who gave it."))
    if (certificate.kind is CertificateKind.OCOP) != (certificate.stars is not None):
        raise Invalid(
            _("OCOP certificates have stars, others have none."), fields={"stars": _("Choose the number of stars.")}
        )
    if certificate.valid_until is not None and certificate.valid_until < certificate.valid_from:
        raise Invalid(_("The end lies before the start."), fields={"valid_until": _("The end lies before the start.")})


def _end_of(certificate: CertificateDescription) -> date | None:
    if certificate.valid_until is None and certificate.kind is CertificateKind.OCOP:
        return months_later(certificate.valid_from, OCOP_MONTHS)
    return certificate.valid_until
