"""From the diary: harvests become lots, concerns hold them, corrections reach them. All through the journal."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import override

from langso.farm.diary import services as diary
from langso.farm.diary.testing import confirm, make_early_harvest, make_entry, make_harvest, make_input
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.journal.models import Entry, ParkedEntry
from langso.kernel.journal.reading import read_all
from langso.trade.products.testing import make_product
from langso.trade.trace import services
from langso.trade.trace.models import Hold, Lot
from langso.trade.trace.queries import page_of_lot
from langso.trade.trace.testing import code_of
from tests.cast import HOME, Cast

pytestmark = pytest.mark.django_db


def listen() -> None:
    """Let the listeners read to the end, as the worker does."""
    while read_all():
        pass
    assert not ParkedEntry.objects.exists()


@pytest.fixture
def season(cast: Cast) -> UUID:
    return make_season(plot_id=make_plot(household_id=cast.household), organisation_id=cast.cooperative)


def the_lot() -> Lot:
    return Lot.objects.get()


def test_a_harvest_becomes_one_lot_of_the_cooperative(cast: Cast, season: UUID) -> None:
    product_id = make_product(organisation_id=cast.cooperative, name="Dong riềng")
    harvest_id = make_harvest(season_id=season, quantity_kg=Decimal("512.5"))
    listen()
    lot = the_lot()
    assert (lot.harvest_id, lot.season_id) == (harvest_id, season)
    assert (lot.organisation_id, lot.household_id) == (cast.cooperative, cast.household)
    assert (lot.quantity, lot.unit, lot.product_id) == (Decimal("512.500"), "KG", product_id)
    assert lot.place is not None
    assert "Bản 1" in lot.place.name
    assert not lot.holds.exists()


def test_a_harvest_that_is_heard_again_makes_no_second_lot(cast: Cast, season: UUID) -> None:
    make_harvest(season_id=season)
    listen()
    heard = the_lot()
    assert heard.harvest_id is not None
    again = services.Harvest(
        harvest_id=heard.harvest_id,
        season_id=season,
        plot_id=UUID(int=0),
        household_id=cast.household,
        organisation_id=None,
        product_id=None,
        product_name="",
        harvest_date=clock.today(),
        quantity_kg=Decimal(1),
    )
    assert services.record_harvest(system(HOME), harvest=again) == heard.pk
    assert Lot.objects.count() == 1


def test_an_early_harvest_is_held_with_its_reason(cast: Cast, season: UUID) -> None:
    make_early_harvest(season_id=season, household_id=cast.household)
    listen()
    hold = the_lot().holds.get()
    assert "Abamectin" in hold.reason
    assert hold.held_by is None
    with pytest.raises(services.LotIsHeld):
        services.issue_lot(cast.actor("ha"), lot_id=the_lot().pk)


def test_a_released_concern_does_not_hold_again(cast: Cast, season: UUID) -> None:
    make_early_harvest(season_id=season, household_id=cast.household)
    listen()
    hold = the_lot().holds.get()
    services.release_lot(cast.actor("khanh"), lot_id=the_lot().pk, hold_id=hold.pk, reason="Mẫu gửi kiểm nghiệm đạt")
    services.hold_season(system(HOME), season_id=season)
    assert Hold.objects.filter(released_at__isnull=True).count() == 0


def test_a_later_spray_does_not_touch_an_earlier_harvest(cast: Cast, season: UUID) -> None:
    today = clock.today()
    first = make_harvest(season_id=season, on_date=today - timedelta(days=20))
    listen()
    second = make_early_harvest(season_id=season, household_id=cast.household)
    listen()
    held = {hold.lot.harvest_id for hold in Hold.objects.select_related("lot")}
    assert held == {second}
    assert Lot.objects.filter(harvest_id=first).exists()


def test_a_concern_that_comes_later_holds_a_lot_that_is_out_already(cast: Cast, season: UUID) -> None:
    make_product(organisation_id=cast.cooperative, name="Dong riềng")
    today = clock.today()
    make_harvest(season_id=season, on_date=today - timedelta(days=1))
    listen()
    services.issue_lot(cast.actor("ha"), lot_id=the_lot().pk)
    bottle = make_input(household_id=cast.household, pre_harvest_days=14, on_date=today - timedelta(days=3))
    make_entry(
        season_id=season,
        activity="SPRAYING",
        amount=20,
        unit="ML",
        input_id=bottle,
        on_date=today - timedelta(days=3),
    )
    listen()
    assert page_of_lot(the_lot().code, today=today).is_held
    held = Entry.objects.filter(kind__startswith="trade.trace.lot_held.").get()
    assert held.reach == 3


def correct(entry_id: UUID, **changes: object) -> None:
    content = diary.HarvestContent(**{"on_date": clock.today(), "quantity_kg": Decimal(500), **changes})  # type: ignore[arg-type]
    diary.correct_entry(system(HOME), entry_id=entry_id, version=1, content=content, reason="Cân lại")


def test_an_untouched_lot_follows_a_correction(cast: Cast, season: UUID) -> None:
    harvest_id = make_harvest(season_id=season)
    listen()
    correct(harvest_id, quantity_kg=Decimal(450))
    listen()
    assert (the_lot().quantity, the_lot().available) == (450, 450)
    assert not the_lot().holds.exists()


def test_a_lot_that_moved_is_held_when_its_harvest_is_corrected(cast: Cast, season: UUID) -> None:
    make_product(organisation_id=cast.cooperative, name="Dong riềng")
    harvest_id = make_harvest(season_id=season)
    listen()
    services.issue_lot(cast.actor("ha"), lot_id=the_lot().pk)
    correct(harvest_id, quantity_kg=Decimal(50))
    listen()
    assert the_lot().quantity == 500
    assert the_lot().holds.filter(released_at__isnull=True).count() == 1


def test_a_struck_harvest_takes_its_lot_along_and_brings_it_back(cast: Cast, season: UUID) -> None:
    harvest_id = make_harvest(season_id=season)
    listen()
    diary.strike_entry(system(HOME), entry_id=harvest_id, reason="Ghi nhầm")
    listen()
    assert the_lot().state == "WITHDRAWN"
    diary.restore_entry(system(HOME), entry_id=harvest_id)
    listen()
    assert the_lot().state == "RECORDED"


def test_the_page_tells_the_diary_up_to_the_harvest(cast: Cast, season: UUID) -> None:
    make_product(organisation_id=cast.cooperative, name="Dong riềng")
    today = clock.today()
    sown = make_entry(season_id=season, activity="SOWING", amount=30, unit="KG", on_date=today - timedelta(days=150))
    for days in range(60, 100, 10):
        make_entry(season_id=season, on_date=today - timedelta(days=days))
    make_harvest(season_id=season, on_date=today - timedelta(days=3))
    make_entry(season_id=season, activity="WATERING", on_date=today)
    confirm(sown)
    listen()
    services.issue_lot(cast.actor("ha"), lot_id=the_lot().pk)
    page = page_of_lot(code_of(the_lot().pk), today=today)
    assert (page.steps_told, page.steps_checked) == (6, 1)
    assert len(page.diary) == 6
    assert len(page.way) == 4, [item.title for item in page.way]
    assert [item.at for item in page.way] == sorted(item.at for item in page.way)
    assert "× 4" in " ".join(item.text for item in page.way)


def test_a_held_lot_says_why_in_the_readers_language(cast: Cast, season: UUID) -> None:
    """Also the lot that was made from it."""
    make_product(organisation_id=cast.cooperative, name="Dong riềng")
    make_harvest(season_id=season, on_date=clock.today() - timedelta(days=1))
    listen()
    lot = the_lot()
    services.split_lot(cast.actor("ha"), lot_id=lot.pk, quantities=[Decimal(10)], done_date=clock.today())
    for each in Lot.objects.all():
        services.issue_lot(cast.actor("ha"), lot_id=each.pk)
    day = clock.today() - timedelta(days=3)
    bottle = make_input(household_id=cast.household, pre_harvest_days=14, on_date=day)
    make_entry(season_id=season, activity="SPRAYING", amount=20, unit="ML", input_id=bottle, on_date=day)
    listen()
    for each in Lot.objects.all():
        with override("vi"):
            [hold] = page_of_lot(each.code, today=clock.today()).holds
            assert "Abamectin" in hold.reason
            vietnamese = hold.reason
        with override("en"):
            page = page_of_lot(each.code, today=clock.today())
            assert page.holds[0].reason != vietnamese
            assert "Abamectin" in page.holds[0].reason
            assert page.holds[0].reason in {item.text for item in page.way}
