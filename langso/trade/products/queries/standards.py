"""The province's product standards, as every commune has them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from langso.kernel.access.actors import Actor
from langso.kernel.access.scope import every_commune
from langso.kernel.errors import NotHere
from langso.kernel.link.publishing import addressed_to
from langso.kernel.text import Translated
from langso.trade.products import access
from langso.trade.products.models import Standard

WHY = "a standard of the province belongs to no commune"


@dataclass(frozen=True, slots=True)
class StandardCard:
    """`communes`: codes of those to which it is addressed, none means all. `withdrawn_at`: None while in force."""

    id: UUID
    number: str
    title: Translated
    goods: str
    text: Translated
    valid_from: date
    issuer: str
    communes: tuple[str, ...]
    published_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


def standard_card(actor: Actor, *, standard_id: UUID) -> StandardCard:
    """One standard, in force or withdrawn. Raises `NotHere`, also where it is addressed to other communes."""
    with every_commune(WHY):
        row = standard_rows(actor).filter(pk=standard_id).first()
    if row is None:
        raise NotHere(_("There is no such standard."))
    return card_of(row)


def standard_rows(actor: Actor) -> QuerySet[Standard]:
    """The standards that concern the reader's commune, or all for the province; for this domain's list."""
    with every_commune(WHY):
        rows = Standard.objects.filter(commune="")
    if access.can_read_every_standard(actor):
        return rows
    return rows.filter(addressed_to(actor.commune))


def card_of(row: Standard) -> StandardCard:
    return StandardCard(
        id=row.pk,
        number=row.number,
        title=row.title,
        goods=row.goods,
        text=row.text,
        valid_from=row.valid_from,
        issuer=row.issuer,
        communes=tuple(row.communes.split()),
        published_at=row.published_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
    )
