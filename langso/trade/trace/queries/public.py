"""The list of issued lots that everybody may read, page by page, and the card of one."""

import base64
import binascii
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from langso.kernel.access.scope import commune_scope, every_commune
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.text import Translated
from langso.kernel.units import Unit
from langso.trade.products.queries import CertificateCard, certificates_of
from langso.trade.trace.events import LotFacts
from langso.trade.trace.models import Lot, LotCopy, State
from langso.trade.trace.queries.copied import copied_page, facts_of_copy
from langso.trade.trace.queries.lots import facts_of, is_held
from langso.trade.trace.queries.page import commune_of_lot
from langso.trade.trace.queries.ways import child_ids, parent_ids


class BadCursor(Invalid):
    """The cursor is not one that this list gave."""

    code = "bad_cursor"


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot in the public list. `held`: it may not be sold now."""

    code: str
    commune: str
    product_name: Translated
    produced_date: date
    expiry_date: date | None
    quantity: Decimal
    unit: Unit
    state: str
    held: bool
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class LotList:
    """`next`: the cursor of the next page, or None at the end."""

    lots: tuple[LotLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class PublicLot:
    """Everything public about one lot. `parents`, `children`: codes of lots that have a page of their own."""

    facts: LotFacts
    issued_at: datetime
    held: bool
    certificates: tuple[CertificateCard, ...]
    parents: tuple[str, ...]
    children: tuple[str, ...]


def public_lots(*, limit: int, after: str = "", state: str = State.ISSUED, commune: str = "") -> LotList:
    """Lots in the order of their issue, oldest first, so that a reader who comes back goes on where they stopped.

    `after` is a cursor that this list gave (`BadCursor`). Without `commune`: those of all communes of this node.
    """
    with every_commune("open data of all communes of this node"):
        rows = Lot.objects.public().with_held().filter(state=state)
        if commune:
            rows = rows.filter(commune=commune)
        if after:
            moment, last = read_cursor(after)
            rows = rows.filter(Q(issued_at__gt=moment) | Q(issued_at=moment, pk__gt=last))
        found = list(rows.order_by("issued_at", "pk")[: limit + 1])
    more = len(found) > limit
    shown = found[:limit]
    return LotList(
        lots=tuple(_line(lot) for lot in shown),
        next=write_cursor(_issued_at(shown[-1]), shown[-1].pk) if more else None,
    )


def public_lot(code: str, *, today: date) -> PublicLot:
    """One issued lot, in whatever commune of this node. Raises `NotHere`."""
    with commune_scope(commune_of_lot(code)):
        lot = Lot.objects.public().select_related("place").filter(code=code).first()
        if lot is None:
            return _public_copy(LotCopy.objects.get(code=code), today)
        certificates = (
            certificates_of(product_id=lot.product_id, day=lot.produced_date, today=today) if lot.product_id else []
        )
        return PublicLot(
            facts=facts_of(lot),
            issued_at=_issued_at(lot),
            held=is_held(lot),
            certificates=tuple(certificates),
            parents=_codes(parent_ids([lot.pk])),
            children=_codes(child_ids([lot.pk])),
        )


def _public_copy(copy: LotCopy, today: date) -> PublicLot:
    """A lot that is at home on another node, as that node told it."""
    page = copied_page(copy, today=today)
    return PublicLot(
        facts=facts_of_copy(copy),
        issued_at=copy.issued_at or copy.told_at,
        held=page.is_held,
        certificates=page.certificates,
        parents=tuple(link.code for link in page.parents if link.is_public),
        children=tuple(link.code for link in page.children if link.is_public),
    )


def write_cursor(moment: datetime, last: UUID) -> str:
    return base64.urlsafe_b64encode(f"{moment.isoformat()} {last}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, UUID]:
    """Where a page ended. Raises `BadCursor`."""
    try:
        plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, last = plain.split(" ")
        found = datetime.fromisoformat(moment), UUID(last)
    except (ValueError, binascii.Error):
        raise BadCursor(_("This cursor did not come from this list."), fields={"after": cursor[:40]}) from None
    if found[0].tzinfo is None:
        raise BadCursor(_("This cursor did not come from this list."))
    return found


def _line(lot: Lot) -> LotLine:
    held: bool = getattr(lot, "held")  # noqa: B009 an annotation that the model does not know
    return LotLine(
        code=lot.code,
        commune=lot.commune,
        product_name=lot.product_name,
        produced_date=lot.produced_date,
        expiry_date=lot.expiry_date,
        quantity=lot.quantity,
        unit=Unit(lot.unit),
        state=lot.state,
        held=held,
        issued_at=_issued_at(lot),
    )


def _issued_at(lot: Lot) -> datetime:
    if lot.issued_at is None:
        raise NotHere(_("This code was never issued."))
    return lot.issued_at


def _codes(lot_ids: set[UUID]) -> tuple[str, ...]:
    rows = Lot.objects.public().filter(pk__in=lot_ids).order_by("issued_at", "pk")
    return tuple(rows.values_list("code", flat=True))
