"""Filters that are drawn once are those that would be drawn anew."""

import pytest
from django.http import QueryDict
from django.utils.translation import gettext_lazy, override
from django_filters.filters import CharFilter, ChoiceFilter, MultipleChoiceFilter
from django_filters.filterset import FilterSet

from langso.kernel.journal.models import Entry
from langso.kernel.ui import filters
from langso.kernel.ui.filters import filter_fields_html

VILLAGES = [("1", "Bản 1")]


class OfEntries(FilterSet):
    kind = ChoiceFilter(label=gettext_lazy("Village"), choices=lambda: VILLAGES)
    reach = ChoiceFilter(label="Reach", choices=[("0", gettext_lazy("All")), ("1", "One")])
    reason = CharFilter()


def drawn(address: str = "") -> str:
    return filter_fields_html(OfEntries(data=QueryDict(address), queryset=Entry.objects.none()))


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    filters._drawn.clear()


def test_what_was_chosen_stands_there() -> None:
    assert "selected" not in drawn().replace('value="" selected', "")
    assert '<option value="1" selected>One' in drawn("reach=1")
    assert 'value="vì sao"' in drawn("reach=1&reason=vì sao")
    assert 'value="vì sao"' not in drawn("reach=1")


def test_a_choice_that_is_new_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Bản 2" not in drawn()
    monkeypatch.setattr(f"{__name__}.VILLAGES", [("1", "Bản 1"), ("2", "Bản 2")])
    assert "Bản 2" in drawn()


def test_each_language_has_its_own() -> None:
    with override("vi"):
        vietnamese = drawn()
    with override("en"):
        assert drawn() != vietnamese


def test_a_wrong_value_is_told_and_not_kept() -> None:
    assert "field-wrong" in drawn("reach=7")
    assert not filters._drawn


def test_the_same_question_is_drawn_once_and_the_store_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "MOST_KEPT", 2)
    assert drawn() is drawn()
    for number in range(5):
        drawn(f"reason={number}")
        assert len(filters._drawn) <= 2


def test_two_values_of_one_name_are_not_taken_for_the_last_of_them() -> None:
    class WithSeveral(FilterSet):
        reach = MultipleChoiceFilter(choices=[("0", "None"), ("1", "One")])

    def several(address: str) -> str:
        return filter_fields_html(WithSeveral(data=QueryDict(address), queryset=Entry.objects.none()))

    assert several("reach=1").count("selected") == 1
    assert several("reach=0&reach=1").count("selected") == 2
