import pytest

from langso.farm.diary import queries
from langso.farm.diary.testing import make_early_harvest, make_entry, make_input_list
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel.ids import new_id


@pytest.mark.django_db
def test_smoke():
    make_input_list()
    home = new_id()
    season = make_season(plot_id=make_plot(household_id=home))
    make_entry(season_id=season)
    harvest = make_early_harvest(season_id=season, household_id=home)
    print(queries.season_story(season))
    print(queries.harvest_card(harvest), queries.open_concerns(season))
    assert queries.harvest_card(harvest).concern_codes == ("HARVEST_TOO_EARLY",)
