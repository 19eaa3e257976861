"""Certificates with their standing on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from langso.kernel.access.actors import Actor, Role
from langso.trade.products import access
from langso.trade.products.models import Certificate, Product, State
from langso.trade.products.rules import CertificateKind, Standing, standing

SOON = timedelta(days=60)
"""So long before its end a certificate stands in the maker's work queue: a new OCOP dossier takes about two months."""


@dataclass(frozen=True, slots=True)
class CertificateCard:
    """A certificate with its standing on a day that was asked for (`then`) and today (`now`)."""

    id: UUID
    product_id: UUID
    kind: CertificateKind
    kind_name: str
    stars: int | None
    number: str
    issuer: str
    scope: str
    valid_from: date
    valid_until: date | None
    revoked_date: date | None
    revoked_reason: str
    document_sha256: str
    document_name: str
    then: Standing
    now: Standing


def certificates_of(*, product_id: UUID, day: date, today: date) -> list[CertificateCard]:
    """All certificates of a product with their standing on `day` (such as the day of harvest) and today."""
    rows = Certificate.objects.filter(product_id=product_id)
    return [certificate_card(row, day=day, today=today) for row in rows]


def proven_kinds(*, product_id: UUID, today: date) -> set[CertificateKind]:
    """The kinds of certificate that are valid today."""
    cards = certificates_of(product_id=product_id, day=today, today=today)
    return {card.kind for card in cards if card.now is Standing.VALID}


def ending_certificates(actor: Actor, *, today: date) -> tuple[int, int]:
    """How many certificates of the actor's own makers end within `SOON`, and how many have ended and were not replaced.

    One that ended counts for half a year, while its product is still published and no newer one of its kind is valid.
    """
    own = Product.objects.filter(state=State.PUBLISHED)
    own = own.filter(organisation_id__in=actor.organisation_ids(Role.COOPERATIVE_MANAGER)) | own.filter(
        household_id=access.own_household(actor), household_id__isnull=False
    )
    rows = Certificate.objects.filter(product__in=own, revoked_date__isnull=True, valid_until__isnull=False)
    newest: dict[tuple[UUID, str], date] = {}
    for row in rows.filter(valid_until__gte=today - 3 * SOON):
        key, until = (row.product_id, row.kind), row.valid_until
        if until is not None:
            newest[key] = max(until, newest.get(key, until))
    ending = sum(1 for until in newest.values() if today <= until <= today + SOON)
    return ending, sum(1 for until in newest.values() if until < today)


def certificate_card(row: Certificate, *, day: date, today: date) -> CertificateCard:
    def on(when: date) -> Standing:
        return standing(when, valid_from=row.valid_from, valid_until=row.valid_until, revoked_date=row.revoked_date)

    return CertificateCard(
        id=row.pk,
        product_id=row.product_id,
        kind=CertificateKind(row.kind),
        kind_name=row.get_kind_display(),
        stars=row.stars,
        number=row.number,
        issuer=row.issuer,
        scope=row.scope,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        revoked_date=row.revoked_date,
        revoked_reason=row.revoked_reason,
        document_sha256=row.document_sha256,
        document_name=row.document_name,
        then=on(day),
        now=on(today),
    )
