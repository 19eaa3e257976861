"""Lots with a season behind them: what stands on a buyer's page."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from langso.community.organisations.testing import make_organisation
from langso.community.people.models import Household
from langso.farm.diary.testing import confirm, make_entry, make_harvest, make_hazard, make_input
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.scope import open_commune
from langso.kernel.ids import public_code
from langso.kernel.journal.reading import read_all
from langso.kernel.units import Unit
from langso.trade.products.testing import make_certificate, make_product
from langso.trade.trace import services
from langso.trade.trace.queries import lot_card, lot_of_harvest

SEASON = 200
"""Days."""
WORKS = (
    ("LAND_PREPARATION", 8), ("WEEDING", 3), ("WEEDING", 5), ("FERTILISING", 20), ("WEEDING", 4), ("WATERING", 2),
    ("WEEDING", 6), ("WATERING", 2), ("FERTILISING", 25), ("WEEDING", 4), ("WATERING", 2), ("WEEDING", 3),
    ("WATERING", 2), ("WEEDING", 5), ("WATERING", 2), ("WEEDING", 4),
)  # fmt: skip
"""Activity and its number, in the order of the season."""


def make_lots(groups: int) -> list[str]:
    """Codes of issued lots, three for each group: the harvests of two households, and noodles made of both."""
    cooperative = make_organisation(name=f"Hợp tác xã {public_code(4)}", kind="COOPERATIVE")
    roots, noodles = make_product(organisation_id=cooperative), make_product(organisation_id=cooperative)
    for product in (roots, noodles):
        make_certificate(product_id=product)
    households = list(Household.objects.order_by("-code").values_list("pk", flat=True)[: 2 * groups])
    codes = []
    for first in range(0, 2 * groups, 2):
        codes += _group(households[first : first + 2], cooperative, roots, noodles)
    return codes


def _group(households: Iterable[UUID], cooperative: UUID, roots: UUID, noodles: UUID) -> list[str]:
    harvests = [_harvest(household_id, cooperative, roots) for household_id in households]
    while read_all():
        pass
    actor, lots = system(open_commune()), []
    for harvest in harvests:
        lot_id = lot_of_harvest(harvest_id=harvest)
        if lot_id is None:
            raise LookupError("the harvest has made no lot")
        services.issue_lot(actor, lot_id=lot_id)
        lots.append(lot_id)
    taken = [services.TakenFrom(lot_id=lot_id, quantity=Decimal(300)) for lot_id in lots]
    made = services.Made(product_id=noodles, quantity=Decimal(120), unit=Unit.KG)
    (cooked,) = services.process_lots(
        actor, kind=services.Kind.COOK, taken=taken, made=[made], done_date=clock.today(), lost=None
    )
    services.pack_lot(
        actor,
        lot_id=cooked,
        packed_date=clock.today(),
        pack_unit=Unit.BAG,
        content=Decimal("0.5"),
        content_unit=Unit.KG,
        count=240,
    )
    services.issue_lot(actor, lot_id=cooked)
    return [lot_card(lot_id=lot_id).code for lot_id in (*lots, cooked)]


def _harvest(household_id: UUID, cooperative: UUID, product: UUID) -> UUID:
    """A season written down day by day: soil, works, a fertiliser, most entries confirmed; its harvest's entry."""
    began = clock.now() - timedelta(days=SEASON)
    plot = make_plot(household_id=household_id)
    season = make_season(
        plot_id=plot, product_id=product, organisation_id=cooperative, start_date=clock.local_date(began)
    )
    with clock.set_to(began):
        make_hazard(season_id=season)
        bought = make_input(household_id=household_id, name="NPK 16-16-8", kind="FERTILISER", unit="KG", quantity=200)
    step = (SEASON - 10) // len(WORKS)
    for number, (activity, amount) in enumerate(WORKS):
        with clock.set_to(began + timedelta(days=number * step)):
            _work(season, activity, amount, bought, checked=number % 4 != 3)
    with clock.set_to(_before(1)):
        return make_harvest(season_id=season, quantity_kg=500)


def _work(season: UUID, activity: str, amount: int, bought: UUID, *, checked: bool) -> None:
    fertilises = activity == "FERTILISING"
    entry = make_entry(
        season_id=season,
        activity=activity,
        amount=amount,
        unit="KG" if fertilises else "HOUR",
        **({"input_id": bought} if fertilises else {}),
    )
    if checked:
        confirm(entry)


def _before(days: int) -> datetime:
    return clock.now() - timedelta(days=days)
