"""What became public of a lot, entry by entry, and where each stands in the commune's signed log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from langso.kernel.journal.events import card_of
from langso.kernel.journal.models import Entry
from langso.kernel.transparency.queries import LogLine, lines_of
from langso.trade.trace.events import LotHeld, LotIssued, LotReleased, LotSoldOut, LotWithdrawn
from langso.trade.trace.queries.page import issued_lot

PUBLIC = (LotIssued, LotHeld, LotReleased, LotSoldOut, LotWithdrawn)
KINDS = {card_of(fact).kind: fact for fact in PUBLIC}


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One public entry; `line` is None while the log has not taken it in, `erased` when its content is gone."""

    entry_id: UUID
    fact: type[Any]
    recorded_at: datetime
    erased: bool
    line: LogLine | None


def record_of_lot(code: str) -> list[RecordLine] | None:
    """The public entries about a lot that is at home on this node, in order; None for any other."""
    lot = issued_lot(code)
    if lot is None:
        return None
    about = Q(body__lot__lot_id=str(lot.pk)) | Q(body__lot_id=str(lot.pk))
    entries = list(Entry.objects.filter(about, commune=lot.commune, kind__in=KINDS).order_by("position"))
    lines = lines_of([entry.id for entry in entries])
    return [
        RecordLine(
            entry_id=entry.id,
            fact=KINDS[entry.kind],
            recorded_at=entry.recorded_at,
            erased=entry.body.get("erased") is True,
            line=lines.get(entry.id),
        )
        for entry in entries
    ]
