"""Builders for tests and the demo; they go through the services, as the node itself."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.scope import open_commune
from langso.kernel.units import Unit
from langso.trade.products.queries import product_card
from langso.trade.products.testing import make_product
from langso.trade.trace import services
from langso.trade.trace.queries import lot_card


def make_lot(
    *,
    organisation_id: UUID | None = None,
    household_id: UUID | None = None,
    product_id: UUID | None = None,
    quantity: Decimal | int | str = 100,
    unit: str = "KG",
    produced_date: date | None = None,
    packed: bool = False,
    issued: bool = True,
) -> UUID:
    """A lot written by hand, of a product made up when none is given, from a week ago; issued unless told otherwise.

    `packed`: in bags of 500 g, three days ago, as many as it fills.
    """
    actor, today = system(open_commune()), clock.today()
    made = product_id or make_product(
        organisation_id=organisation_id, household_id=None if organisation_id else household_id
    )
    product = product_card(product_id=made)
    lot_id = services.record_lot(
        actor,
        product_id=made,
        quantity=Decimal(quantity),
        unit=Unit(unit),
        produced_date=produced_date or today - timedelta(days=7),
        organisation_id=organisation_id or product.organisation_id,
        household_id=household_id or product.household_id,
    )
    if packed:
        services.pack_lot(
            actor,
            lot_id=lot_id,
            packed_date=today - timedelta(days=3),
            pack_unit=Unit.BAG,
            content=Decimal(500),
            content_unit=Unit.G,
            count=int(Decimal(quantity) * 2),
        )
    if issued:
        services.issue_lot(actor, lot_id=lot_id)
    return lot_id


def code_of(lot_id: UUID) -> str:
    """The code on its labels."""
    return lot_card(lot_id=lot_id).code
