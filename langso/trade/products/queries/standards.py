"""The province's product standards, as every commune has them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from langso.kernel.access.scope import every_commune
from langso.kernel.errors import NotHere
from langso.kernel.text import Translated
from langso.trade.products.models import Standard

WHY = "a standard of the province belongs to no commune"


@dataclass(frozen=True, slots=True)
class StandardCard:
    """`withdrawn_at` is None while it is in force."""

    id: UUID
    number: str
    title: Translated
    goods: str
    text: Translated
    valid_from: date
    issuer: str
    published_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


def standard_card(*, standard_id: UUID) -> StandardCard:
    """One standard, in force or withdrawn. Raises `NotHere`."""
    with every_commune(WHY):
        row = Standard.objects.filter(pk=standard_id, commune="").first()
    if row is None:
        raise NotHere(_("There is no such standard."))
    return StandardCard(
        id=row.pk,
        number=row.number,
        title=row.title,
        goods=row.goods,
        text=row.text,
        valid_from=row.valid_from,
        issuer=row.issuer,
        published_at=row.published_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
    )


def standard_rows() -> QuerySet[Standard]:
    """All standards, for this domain's list."""
    with every_commune(WHY):
        return Standard.objects.filter(commune="")
