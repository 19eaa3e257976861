"""Writes of lots: recording, turning lots into lots, packing, issuing, holding, labels, scans and suspicions."""

from langso.trade.trace.models import Kind
from langso.trade.trace.rules.mass import Amount
from langso.trade.trace.rules.sheets import Paper
from langso.trade.trace.services.copies import keep_act_copy, keep_hold_copy, keep_lot_copy
from langso.trade.trace.services.holding import end_concern, hold_lot, hold_season, release_lot
from langso.trade.trace.services.moving import issue_lot, pack_lot, sell_out, withdraw_lot
from langso.trade.trace.services.printing import print_labels
from langso.trade.trace.services.recording import (
    Harvest,
    correct_harvest,
    name_product,
    record_harvest,
    record_lot,
    restore_harvest,
    strike_harvest,
)
from langso.trade.trace.services.refusals import (
    AlreadyPacked,
    AlreadySettled,
    AskedAlready,
    CannotBeWeighed,
    DateOutOfOrder,
    DifferentGoods,
    LotIsHeld,
    MoreThanWentIn,
    NotEnough,
    NotInThatState,
    ProductMissing,
    ProductNotPublished,
    ReprintNeedsReason,
    TooManyLabels,
    TooManyReports,
)
from langso.trade.trace.services.scanning import count_scan
from langso.trade.trace.services.suspicions import report_suspicion, settle_suspicion, take_suspicion
from langso.trade.trace.services.transforming import Made, TakenFrom, merge_lots, process_lots, split_lot
from langso.trade.trace.services.wishes import answer_hold_wish, note_wish_answer, pass_on_suspicion, wish_hold

__all__ = [
    "AlreadyPacked",
    "AlreadySettled",
    "Amount",
    "AskedAlready",
    "CannotBeWeighed",
    "DateOutOfOrder",
    "DifferentGoods",
    "Harvest",
    "Kind",
    "LotIsHeld",
    "Made",
    "MoreThanWentIn",
    "NotEnough",
    "NotInThatState",
    "Paper",
    "ProductMissing",
    "ProductNotPublished",
    "ReprintNeedsReason",
    "TakenFrom",
    "TooManyLabels",
    "TooManyReports",
    "answer_hold_wish",
    "correct_harvest",
    "count_scan",
    "end_concern",
    "hold_lot",
    "hold_season",
    "issue_lot",
    "keep_act_copy",
    "keep_hold_copy",
    "keep_lot_copy",
    "merge_lots",
    "name_product",
    "note_wish_answer",
    "pack_lot",
    "pass_on_suspicion",
    "print_labels",
    "process_lots",
    "record_harvest",
    "record_lot",
    "release_lot",
    "report_suspicion",
    "restore_harvest",
    "sell_out",
    "settle_suspicion",
    "split_lot",
    "strike_harvest",
    "take_suspicion",
    "wish_hold",
    "withdraw_lot",
]
