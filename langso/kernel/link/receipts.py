"""At a hub: who has received what the province published, from how far each box has read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _

from langso.kernel.access.sources import SOURCES
from langso.kernel.errors import NotHere
from langso.kernel.link.delivery import Delivery, deliveries
from langso.kernel.link.publishing import communes_of_province, own_province
from langso.kernel.text import fold


class ReceiptState(StrEnum):
    """`AT_HUB`: the hub keeps the commune's records, so it has it at once. `NO_BOX`: a box will get it on joining."""

    WAITING = "WAITING"
    RECEIVED = "RECEIVED"
    AT_HUB = "AT_HUB"
    NO_BOX = "NO_BOX"


@dataclass(frozen=True, slots=True)
class Told:
    """Entries that went down about one thing: their kind without its version, and values in their bodies."""

    kind: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """One commune to which something is addressed. `place`: in the Vietnamese alphabet.

    `read_at`: by when its box had it. `silent_since_at`: when a box that lacks it last asked. `told_of_end`: whether it
    has the withdrawal too; None while nothing was withdrawn.
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


def receipts_of(published: Told, *, withdrawn: Told | None, communes: Collection[str]) -> list[Receipt]:
    """Every commune to which it is addressed (none named: all), with what is known of it. Raises `NotHere` on a box."""
    if settings.ROLE != "hub":
        raise NotHere(_("Who has received it is known at the province's hub."))
    sent = deliveries(kind=published.kind, about=published.about)
    ended = deliveries(kind=withdrawn.kind, about=withdrawn.about) if withdrawn else None
    hosted = hosted_communes()
    return [
        _receipt(commune.code, commune.full_name, place, sent.get(commune.code), commune.code in hosted, ended)
        for place, commune in enumerate(communes_of_province())
        if not communes or commune.code in communes
    ]


def receipt_of(published: Told, *, commune: str, hosted: bool) -> tuple[ReceiptState, datetime | None]:
    """Whether one commune has it, and by when; `hosted`: whether this hub keeps its records."""
    sent = deliveries(kind=published.kind, about=published.about).get(commune)
    return _state(sent, hosted), sent.read_at if sent else None


def hosted_communes() -> set[str]:
    """Communes of the province whose records this hub keeps."""
    return {commune.code for commune in SOURCES.places.communes_here(own_province())} if SOURCES.places else set()


def _receipt(
    code: str, name: str, place: int, sent: Delivery | None, hosted: bool, ended: dict[str, Delivery] | None
) -> Receipt:
    told = ended.get(code) if ended is not None else None
    return Receipt(
        code=code,
        name=name,
        folded=fold(f"{name} {code}"),
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
