"""What the diary tells: harvests become lots, serious concerns hold them, corrections reach them."""

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
from langso.kernel.journal.listeners import Heard, on
from langso.trade.trace import services

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
