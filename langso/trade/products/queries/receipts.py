"""Who has received a standard: at the hub, from how far each box has read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from langso.community.places import queries as places
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune
from langso.kernel.access.sources import SOURCES
from langso.kernel.errors import NotHere
from langso.kernel.link.delivery import Delivery, deliveries
from langso.kernel.text import fold
from langso.trade.products import access
from langso.trade.products.models import Standard
from langso.trade.products.queries.standards import WHY, StandardCard, card_of, standard_card

PUBLISHED, WITHDRAWN = "trade.products.standard_published", "trade.products.standard_withdrawn"


class ReceiptState(StrEnum):
    """`AT_HUB`: the hub keeps the commune's records, so it has it at once. `NO_BOX`: a box will get it on joining."""

    WAITING = "WAITING"
    RECEIVED = "RECEIVED"
    AT_HUB = "AT_HUB"
    NO_BOX = "NO_BOX"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One commune to which a standard is addressed. `place`: in the Vietnamese alphabet.

    `read_at`: by when its box had it. `silent_since_at`: when a box that lacks it last asked. `told_of_end`: whether it
    has the withdrawal too; None while the standard is in force.
    """

    code: str
    name: str
    folded: str
    place: int
    state: ReceiptState
    read_at: datetime | None
    silent_since_at: datetime | None
    told_of_end: bool | None

    @property
    def rank(self) -> int:
        """Those that wait come first."""
        return list(ReceiptState).index(self.state)


@dataclass(frozen=True, slots=True)
class StandardReceipt:
    """A standard that is addressed to a commune, and whether the commune has it."""

    standard: StandardCard
    state: ReceiptState
    read_at: datetime | None


def communes_of_province() -> list[places.UnitCard]:
    """The communes of the province whose hub this is; none where the hub's own commune is not known."""
    return places.communes_of(_province())


def receipts(actor: Actor, *, standard_id: UUID) -> list[Receipt]:
    """Every commune to which a standard is addressed, with what is known of it. Raises `NotHere`, also on a box."""
    require(access.can_see_receipts(actor), actor)
    if settings.ROLE != "hub":
        raise NotHere(_("Who has received a standard is known at the province's hub."))
    card = standard_card(actor, standard_id=standard_id)
    about = {"standard_id": str(standard_id)}
    sent = deliveries(kind=PUBLISHED, about={"standard__standard_id": str(standard_id)})
    ended = deliveries(kind=WITHDRAWN, about=about) if card.withdrawn_at else None
    units, hosted = communes_of_province(), _hosted()
    return [
        _receipt(unit, place, sent.get(unit.code), unit.code in hosted, ended)
        for place, unit in enumerate(units)
        if not card.communes or unit.code in card.communes
    ]


def standards_received(*, commune: str) -> list[StandardReceipt]:
    """At the hub, for the province's other pages: the standards in force that are addressed to a commune."""
    with every_commune(WHY):
        rows = Standard.objects.filter(commune="", withdrawn_at=None).order_by("-published_at")
        cards = [card_of(row) for row in rows if commune in row.communes.split() or not row.communes]
    hosted = commune in _hosted()
    return [_standard_receipt(card, commune, hosted) for card in cards]


def _standard_receipt(card: StandardCard, commune: str, hosted: bool) -> StandardReceipt:
    sent = deliveries(kind=PUBLISHED, about={"standard__standard_id": str(card.id)}).get(commune)
    return StandardReceipt(card, _state(sent, hosted), sent.read_at if sent else None)


def _receipt(
    unit: places.UnitCard, place: int, sent: Delivery | None, hosted: bool, ended: dict[str, Delivery] | None
) -> Receipt:
    told = ended.get(unit.code) if ended is not None else None
    return Receipt(
        code=unit.code,
        name=unit.full_name,
        folded=fold(f"{unit.full_name} {unit.code}"),
        place=place,
        state=_state(sent, hosted),
        read_at=sent.read_at if sent else None,
        silent_since_at=sent.silent_since_at if sent else None,
        told_of_end=told.received if told else None,
    )


def _state(sent: Delivery | None, hosted: bool) -> ReceiptState:
    if sent:
        return ReceiptState.RECEIVED if sent.received else ReceiptState.WAITING
    return ReceiptState.AT_HUB if hosted else ReceiptState.NO_BOX


def _hosted() -> set[str]:
    """Communes whose records this hub keeps."""
    return {commune.code for commune in SOURCES.places.communes_here(_province())} if SOURCES.places else set()


def _province() -> str:
    known = SOURCES.places.commune(settings.COMMUNE) if SOURCES.places else None
    return known.province if known else ""
