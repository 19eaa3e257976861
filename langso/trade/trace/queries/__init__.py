"""What others may know of lots. Cards are frozen; dates are Vietnamese calendar dates, quantities `Decimal`."""

from langso.trade.trace.queries.copied import is_copied, page_of_lot
from langso.trade.trace.queries.lots import LotCard, lot_card, lot_of_harvest
from langso.trade.trace.queries.page import FieldValue, HoldCard, LotLink, LotPage, Scans, commune_of_lot, scans_of
from langso.trade.trace.queries.public import BadCursor, LotLine, LotList, PublicLot, public_lot, public_lots
from langso.trade.trace.queries.way import WayItem
from langso.trade.trace.queries.ways import ancestors, descendants

__all__ = [
    "BadCursor",
    "FieldValue",
    "HoldCard",
    "LotCard",
    "LotLine",
    "LotLink",
    "LotList",
    "LotPage",
    "PublicLot",
    "Scans",
    "WayItem",
    "ancestors",
    "commune_of_lot",
    "descendants",
    "is_copied",
    "lot_card",
    "lot_of_harvest",
    "page_of_lot",
    "public_lot",
    "public_lots",
    "scans_of",
]
