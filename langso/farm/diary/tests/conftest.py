from uuid import UUID

import pytest

from langso.farm.diary.testing import make_input_list
from langso.farm.plots.testing import make_plot, make_season
from tests.cast import Cast


@pytest.fixture
def plot(cast: Cast) -> UUID:
    """1,000 m² of An's household."""
    make_input_list()
    return make_plot(household_id=cast.household, name="Nương trên", area_m2=1000, village_id=cast.village)


@pytest.fixture
def season(cast: Cast, plot: UUID) -> UUID:
    """Canna under VietGAP for the cooperative, begun 200 days ago."""
    return make_season(plot_id=plot, organisation_id=cast.cooperative)
