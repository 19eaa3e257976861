"""What the diary tells: harvests become lots, serious concerns hold them, corrections reach them.

And what other nodes tell: copies of lots that are at home there, and wishes in both directions.
"""

from typing import Any

from langso.farm.diary.events import (
    ConcernRaised,
    ConcernWithdrawn,
    EntryCorrected,
    EntryRestored,
    EntryStruck,
    HarvestRecorded,
)
from langso.farm.diary.services import HarvestContent
from langso.kernel.access.actors import system
from langso.kernel.journal.events import to_body
from langso.kernel.journal.listeners import Heard, on
from langso.trade.trace import services
from langso.trade.trace.events import (
    LotCorrected,
    LotHeld,
    LotHoldWishAnswered,
    LotHoldWished,
    LotIssued,
    LotPacked,
    LotRecorded,
    LotReleased,
    LotsMerged,
    LotSoldOut,
    LotSplit,
    LotsProcessed,
    LotWithdrawn,
    SuspicionPassedOn,
)

HARVEST = "HARVEST"


@on(HarvestRecorded)
def make_lot_of_harvest(entry: Heard[HarvestRecorded]) -> None:
    fact = entry.fact
    services.record_harvest(
        system(entry.commune),
        harvest=services.Harvest(
            harvest_id=fact.harvest_id,
            season_id=fact.season_id,
            plot_id=fact.plot_id,
            household_id=fact.household_id,
            organisation_id=fact.organisation_id,
            product_id=fact.product_id,
            product_name=fact.product_name,
            harvest_date=fact.harvest_date,
            quantity_kg=fact.quantity_kg,
        ),
    )


@on(ConcernRaised)
def hold_lots_of_season(entry: Heard[ConcernRaised]) -> None:
    services.hold_season(system(entry.commune), season_id=entry.fact.season_id)


@on(ConcernWithdrawn)
def note_end_of_concern(entry: Heard[ConcernWithdrawn]) -> None:
    services.end_concern(system(entry.commune), concern_id=entry.fact.concern_id)


@on(EntryCorrected)
def correct_lot_of_harvest(entry: Heard[EntryCorrected]) -> None:
    content = entry.fact.content
    if isinstance(content, HarvestContent):
        services.correct_harvest(
            system(entry.commune),
            harvest_id=entry.fact.entry_id,
            quantity_kg=content.quantity_kg,
            harvest_date=content.on_date,
        )


@on(EntryStruck)
def withdraw_lot_of_harvest(entry: Heard[EntryStruck]) -> None:
    if entry.fact.kind == HARVEST:
        services.strike_harvest(system(entry.commune), harvest_id=entry.fact.entry_id)


@on(EntryRestored)
def restore_lot_of_harvest(entry: Heard[EntryRestored]) -> None:
    if entry.fact.kind == HARVEST:
        services.restore_harvest(system(entry.commune), harvest_id=entry.fact.entry_id)


@on(LotRecorded, LotCorrected, LotIssued, LotPacked, LotSoldOut, LotWithdrawn, copies=True)
def keep_copy_of_lot(entry: Heard[Any]) -> None:
    if entry.at_home:
        return
    services.keep_lot_copy(
        system(entry.commune),
        facts=entry.fact.lot,
        told=to_body(entry.fact)["lot"],
        told_at=entry.recorded_at,
        issued=isinstance(entry.fact, LotIssued),
        withdrawn=entry.fact.reason if isinstance(entry.fact, LotWithdrawn) else "",
    )


@on(LotSplit, LotsMerged, LotsProcessed, copies=True)
def keep_copy_of_act(entry: Heard[Any]) -> None:
    if not entry.at_home:
        services.keep_act_copy(system(entry.commune), act=entry.fact, told_at=entry.recorded_at)


@on(LotHeld, LotReleased, copies=True)
def keep_copy_of_hold(entry: Heard[Any]) -> None:
    if not entry.at_home:
        services.keep_hold_copy(system(entry.commune), told=entry.fact, told_at=entry.recorded_at)


@on(LotHoldWished)
def hold_lot_as_wished(entry: Heard[LotHoldWished]) -> None:
    services.answer_hold_wish(system(entry.to), wished=entry.fact)


@on(LotHoldWishAnswered, copies=True)
def note_answer_to_wish(entry: Heard[LotHoldWishAnswered]) -> None:
    services.note_wish_answer(system(entry.commune), answered=entry.fact)


@on(SuspicionPassedOn)
def take_suspicion_from_hub(entry: Heard[SuspicionPassedOn]) -> None:
    services.take_suspicion(system(entry.to), passed_on=entry.fact)
