"""Builders for tests and the demo; they go through the services, as the node itself unless an actor is given."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from langso.farm.diary import services
from langso.farm.diary.contents import HarvestContent, HazardContent, InputContent, WorkContent
from langso.farm.diary.services.input_list import DEMONSTRATION
from langso.kernel import clock
from langso.kernel.access.actors import Actor, system
from langso.kernel.access.scope import open_commune


def make_input_list() -> UUID:
    """The demonstration list of allowed inputs as the newest edition (`data/inputs-demonstration.json`)."""
    return services.load_input_list(system(), document=DEMONSTRATION.read_bytes())


def make_input(
    *,
    household_id: UUID,
    name: str = "Abamectin 1.8EC",
    kind: str = "PESTICIDE",
    unit: str = "ML",
    quantity: Decimal | int = 500,
    on_date: date | None = None,
    actor: Actor | None = None,
    **details: Any,
) -> UUID:
    """Something bought (or own compost), today unless told otherwise; `details` are other parts of `InputContent`."""
    content = InputContent(
        on_date=on_date or clock.today(), name=name, kind=kind, unit=unit, quantity=Decimal(quantity), **details
    )
    return services.record_input(actor or system(open_commune()), household_id=household_id, content=content)


def make_entry(
    *,
    season_id: UUID,
    activity: str = "WEEDING",
    amount: Decimal | int = 4,
    unit: str = "HOUR",
    on_date: date | None = None,
    actor: Actor | None = None,
    **details: Any,
) -> UUID:
    """A field work, today unless told otherwise; `details` are other parts of `WorkContent` (input_id, remark …)."""
    content = WorkContent(
        on_date=on_date or clock.today(), activity=activity, amount=Decimal(amount), unit=unit, **details
    )
    return services.record_work(actor or system(open_commune()), season_id=season_id, content=content)


def make_hazard(
    *,
    season_id: UUID,
    subject: str = "SOIL",
    finding: str = "SAFE",
    on_date: date | None = None,
    actor: Actor | None = None,
    **details: Any,
) -> UUID:
    """A hazard assessment, today unless told otherwise; `details` are other parts of `HazardContent`."""
    content = HazardContent(on_date=on_date or clock.today(), subject=subject, finding=finding, **details)
    return services.record_hazard(actor or system(open_commune()), season_id=season_id, content=content)


def make_harvest(
    *,
    season_id: UUID,
    quantity_kg: Decimal | int = 500,
    on_date: date | None = None,
    actor: Actor | None = None,
    **details: Any,
) -> UUID:
    """A harvest, today unless told otherwise; `details`: handling_place, buyer, remark."""
    content = HarvestContent(on_date=on_date or clock.today(), quantity_kg=Decimal(quantity_kg), **details)
    return services.record_harvest(actor or system(open_commune()), season_id=season_id, content=content)


def make_early_harvest(*, season_id: UUID, household_id: UUID, days_waited: int = 2) -> UUID:
    """A harvest `days_waited` days after a spray that asks for 14: it carries the concern HARVEST_TOO_EARLY."""
    today = clock.today()
    bottle = make_input(household_id=household_id, pre_harvest_days=14, on_date=today - timedelta(days=days_waited))
    make_entry(
        season_id=season_id,
        activity="SPRAYING",
        amount=20,
        unit="ML",
        input_id=bottle,
        on_date=today - timedelta(days=days_waited),
    )
    return make_harvest(season_id=season_id, on_date=today)


def confirm(entry_id: UUID, *, actor: Actor | None = None, version: int = 1) -> None:
    """The inspector's confirmation of an entry."""
    services.confirm_entry(actor or system(open_commune()), entry_id=entry_id, version=version)
