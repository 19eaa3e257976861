from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.ui.forms import AmountField, read_amount


@pytest.mark.parametrize(
    ("typed", "vietnamese", "english"),
    [
        ("12", "12", "12"),
        ("1,5", "1.5", "1.5"),
        ("1.5", "1.5", "1.5"),
        ("1.500", "1500", "1.5"),
        ("1,500", "1.5", "1500"),
        ("0.125", "0.125", "0.125"),
        ("1.500,25", "1500.25", "1500.25"),
        ("1,500.25", "1500.25", "1500.25"),
        ("1.250.000", "1250000", "1250000"),
        (" 2 500 ", "2500", "2500"),
        ("-3,25", "-3.25", "-3.25"),
    ],
)
def test_comma_and_dot(typed: str, vietnamese: str, english: str) -> None:
    assert read_amount(typed, grouping=".") == Decimal(vietnamese)
    assert read_amount(typed, grouping=",") == Decimal(english)


@pytest.mark.parametrize("typed", ["", "ba", "1..5", "1,5,", "12.34.567", "1.50.000", "1,2.3.4", ".5.", "1e5", "--1"])
def test_never_guesses(typed: str) -> None:
    for grouping in ".,":
        with pytest.raises(ValueError):
            read_amount(typed, grouping=grouping)


@given(st.decimals(min_value=0, max_value=10**9, places=3), st.sampled_from(["vi", "en"]))
def test_what_the_page_shows_is_read_back(number: Decimal, language: str) -> None:
    field = AmountField(decimal_places=3, max_digits=15)
    with translation.override(language):
        assert field.clean(field.prepare_value(number)) == number


class OneAmount(forms.Form):
    amount = AmountField(min_value=0, max_value=100)


def test_refused_amount_keeps_what_was_typed() -> None:
    form = OneAmount({"amount": "hai mươi"})
    assert not form.is_valid()
    assert 'value="hai mươi"' in str(form["amount"])
    assert 'inputmode="decimal"' in str(form["amount"])
    assert OneAmount({"amount": "101"}).errors["amount"].as_data()[0].code == "max_value"
