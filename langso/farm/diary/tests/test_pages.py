from uuid import UUID

import pytest

from langso.farm.diary.testing import make_early_harvest, make_entry, make_hazard, make_input
from langso.farm.plots.testing import make_plot, make_season
from tests.cast import Cast


@pytest.fixture
def season(cast: Cast) -> UUID:
    plot = make_plot(household_id=cast.household, name="Nương trên")
    return make_season(plot_id=plot, organisation_id=cast.cooperative)


def test_pages_render(cast: Cast, season: UUID) -> None:
    make_entry(season_id=season)
    make_hazard(season_id=season)
    bottle = make_input(household_id=cast.household)
    early = make_early_harvest(season_id=season, household_id=cast.household)
    an = cast.client("an")
    for path in (
        "/diary/",
        f"/diary/seasons/{season}/",
        f"/diary/seasons/{season}/work/SPRAYING/",
        f"/diary/seasons/{season}/harvest/",
        f"/diary/seasons/{season}/hazard/",
        "/diary/inputs/",
        "/diary/inputs/new/",
        "/diary/inputs/list/",
        f"/diary/entries/{early}/",
        f"/diary/entries/{bottle}/",
        f"/diary/entries/{early}/correction/",
        f"/diary/entries/{early}/strike/",
        "/plots/",
        f"/plots/seasons/{season}/",
    ):
        answer = an.get(path)
        assert answer.status_code == 200, path
    print(an.get(f"/diary/seasons/{season}/?format=csv").content.decode())
