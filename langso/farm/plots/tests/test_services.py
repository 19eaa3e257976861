from datetime import timedelta
from decimal import Decimal

import pytest

from langso.farm.plots import queries, services
from langso.farm.plots.models import Plot, Season
from langso.farm.plots.rules import Point
from langso.farm.plots.services import PlotDetails, SeasonDetails
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import NotHere
from langso.kernel.ids import new_id
from langso.kernel.journal.models import Entry
from tests.cast import Cast

FIELD = PlotDetails(name="Nương trên", kind="FIELD", area_m2=Decimal(1080), area_unit="SAO")


def crop(**more: object) -> SeasonDetails:
    return SeasonDetails(product_name="Dong riềng", start_date=clock.today(), **more)  # type: ignore[arg-type]


def test_a_household_registers_a_plot_and_starts_a_season(cast: Cast) -> None:
    binh = cast.actor("binh")
    plot = services.register_plot(binh, household_id=cast.household, details=FIELD)
    season = services.start_season(binh, plot_id=plot, details=crop(organisation_id=cast.cooperative))

    card = queries.season_card(season_id=season)
    assert (card.plot.name, card.household_id, card.organisation_id) == ("Nương trên", cast.household, cast.cooperative)
    kinds = list(
        Entry.objects.filter(kind__startswith="farm.plots").order_by("position").values_list("kind", flat=True)
    )
    assert kinds == ["farm.plots.plot_registered.v1", "farm.plots.season_started.v1"]
    assert set(Entry.objects.filter(kind__startswith="farm.plots").values_list("reach", flat=True)) == {0}


def test_the_same_form_sent_twice_counts_once(cast: Cast) -> None:
    an, form = cast.actor("an"), new_id()
    first = services.register_plot(an, household_id=cast.household, details=FIELD, client_id=form)
    assert services.register_plot(an, household_id=cast.household, details=FIELD, client_id=form) == first
    season = new_id()
    started = services.start_season(an, plot_id=first, details=crop(), client_id=season)
    assert services.start_season(an, plot_id=first, details=crop(), client_id=season) == started
    assert (Plot.objects.count(), Season.objects.count()) == (1, 1)


def test_a_form_of_another_household_is_not_taken_over(cast: Cast) -> None:
    form = new_id()
    services.register_plot(cast.actor("an"), household_id=cast.household, details=FIELD, client_id=form)
    with pytest.raises(services.FormUsedElsewhere):
        services.register_plot(cast.actor("chi"), household_id=cast.other_household, details=FIELD, client_id=form)


def test_two_plots_of_one_household_have_two_names(cast: Cast) -> None:
    an = cast.actor("an")
    first = services.register_plot(an, household_id=cast.household, details=FIELD)
    with pytest.raises(services.PlotIsInvalid) as refusal:
        services.register_plot(an, household_id=cast.household, details=FIELD)
    assert set(refusal.value.fields) == {"name"}
    services.retire_plot(an, plot_id=first)
    services.register_plot(an, household_id=cast.household, details=FIELD)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"kind": "LAKE"}, "kind"),
        ({"area_m2": Decimal(0)}, "area"),
        ({"area_m2": Decimal(10**9)}, "area"),
        ({"area_unit": "ACRE"}, "area_unit"),
        ({"point": Point(Decimal(103), Decimal(22))}, "latitude"),
        ({"outline": {"type": "Point"}}, "outline"),
        ({"village_id": new_id()}, "village_id"),
    ],
)
def test_what_cannot_be_right_is_told_field_by_field(cast: Cast, change: dict[str, object], field: str) -> None:
    details = PlotDetails(**{"name": "Ao", "kind": "POND", "area_m2": Decimal(500)} | change)  # type: ignore[arg-type]
    with pytest.raises(services.PlotIsInvalid) as refusal:
        services.register_plot(cast.actor("an"), household_id=cast.household, details=details)
    assert set(refusal.value.fields) == {field}


def test_a_season_is_grown_only_for_a_cooperative_of_the_household(cast: Cast) -> None:
    plot = make_plot(household_id=cast.other_household)
    with pytest.raises(services.SeasonIsInvalid) as refusal:
        services.start_season(cast.actor("chi"), plot_id=plot, details=crop(organisation_id=cast.cooperative))
    assert set(refusal.value.fields) == {"organisation_id"}


def test_a_season_is_closed_once_and_can_be_reopened(cast: Cast) -> None:
    an = cast.actor("an")
    plot = make_plot(household_id=cast.household)
    season = make_season(plot_id=plot)
    with pytest.raises(services.PlotHasRunningSeason):
        services.retire_plot(an, plot_id=plot)
    with pytest.raises(services.SeasonIsInvalid):
        services.close_season(an, season_id=season, closed_date=clock.today() + timedelta(days=1))
    services.close_season(an, season_id=season, closed_date=clock.today())
    with pytest.raises(services.SeasonIsClosed):
        services.close_season(an, season_id=season, closed_date=clock.today())
    with pytest.raises(services.SeasonIsClosed):
        services.change_season(an, season_id=season, details=crop())
    services.reopen_season(an, season_id=season)
    with pytest.raises(services.SeasonIsRunning):
        services.reopen_season(an, season_id=season)
    services.close_season(an, season_id=season, closed_date=clock.today())
    services.retire_plot(an, plot_id=plot)
    with pytest.raises(services.PlotIsRetired):
        services.start_season(an, plot_id=plot, details=crop())
    with pytest.raises(services.PlotIsRetired):
        services.reopen_season(an, season_id=season)


def test_only_the_household_changes_its_land(cast: Cast) -> None:
    plot = make_plot(household_id=cast.household)
    for stranger in ("chi", "dung", "giang", "ha", "khanh", "minh", "oanh"):
        with pytest.raises(NotAllowed):
            services.change_plot(cast.actor(stranger), plot_id=plot, details=FIELD)
    with pytest.raises(SignInNeeded):
        services.change_plot(cast.actor("nobody"), plot_id=plot, details=FIELD)
    with commune_scope("03405"), pytest.raises(NotHere):
        services.change_plot(cast.actor("lan"), plot_id=plot, details=FIELD)


def test_cards_for_other_domains(cast: Cast) -> None:
    plot = make_plot(household_id=cast.household, name="B")
    make_plot(household_id=cast.household, name="A")
    open_one = make_season(plot_id=plot, organisation_id=cast.cooperative)
    closed = make_season(plot_id=plot, closed_date=clock.today())
    assert [card.name for card in queries.plots_of_household(household_id=cast.household)] == ["A", "B"]
    assert queries.plot_card(plot_id=plot).name == "B"
    running = queries.seasons_of_household(household_id=cast.household, running_only=True)
    assert [card.id for card in running] == [open_one]
    assert set(queries.season_cards(season_ids=[open_one, closed, new_id()])) == {open_one, closed}
    assert [card.id for card in queries.seasons_of_organisation(organisation_id=cast.cooperative)] == [open_one]
    with pytest.raises(NotHere):
        queries.plot_card(plot_id=new_id())
    with pytest.raises(NotHere):
        queries.season_card(season_id=new_id())
