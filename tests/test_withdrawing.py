"""Nobody is taken out of the register while another domain keeps something of theirs."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db.models import UUIDField

from langso.community.people.services import uses
from langso.farm.diary.testing import make_entry, make_input
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel.access.scope import CommuneModel
from langso.trade.products.services import agree_to_name
from langso.trade.products.testing import make_product
from langso.trade.trace.testing import make_lot
from tests.cast import Cast


def question_of(domain: str) -> uses.Question:
    [found] = [each for each in uses._QUESTIONS if each.__module__ == f"{domain}.sources"]
    return found


def test_every_domain_that_keeps_ids_of_the_register_answers() -> None:
    keeping = {
        model._meta.app_config.name  # type: ignore[union-attr]
        for model in apps.get_models()
        if issubclass(model, CommuneModel) and model.__module__.startswith("langso.")
        for field in model._meta.concrete_fields
        if isinstance(field, UUIDField) and field.name in ("household_id", "person_id")
    }
    answering = {each.__module__.rpartition(".")[0] for each in uses._QUESTIONS}
    assert len(keeping) >= 4
    assert keeping - {"langso.community.people"} <= answering


MAKERS: dict[str, Callable[[Cast], object]] = {
    "langso.farm.plots": lambda cast: make_plot(household_id=cast.household),
    "langso.farm.diary": lambda cast: make_input(household_id=cast.household),
    "langso.trade.products": lambda cast: make_product(household_id=cast.household),
    "langso.trade.trace": lambda cast: make_lot(household_id=cast.household),
}


@pytest.mark.parametrize("domain", list(MAKERS))
def test_a_household_that_left_something_is_used(cast: Cast, domain: str) -> None:
    asked = question_of(domain)
    both = [cast.household, cast.other_household]
    assert set(asked(both)) == set()
    MAKERS[domain](cast)
    assert set(asked(both)) == {cast.household}
    assert uses.used_elsewhere(both) == {cast.household}


def test_a_work_in_the_diary_and_a_word_on_names_count(cast: Cast) -> None:
    season = make_season(plot_id=make_plot(household_id=cast.household))
    make_entry(season_id=season)
    agree_to_name(cast.actor("an"), household_id=cast.household, agreed=True)
    assert set(question_of("langso.farm.diary")([cast.household])) == {cast.household}
    assert set(question_of("langso.trade.products")([cast.household])) == {cast.household}
