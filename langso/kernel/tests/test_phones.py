"""Numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.phones import masked_phone, phone_on_screen, read_phone


@pytest.mark.parametrize(
    "typed",
    [
        "0901234567",
        "090 123 45 67",
        "0901.234.567",
        "090-123-4567",
        "(090) 123 4567",
        "+84901234567",
        "+84 90 123 4567",
        "84901234567",
        "0084901234567",
        "+84 (0)90 123 4567",
        "901234567",
        "\u00a00901\u2013234\u2013567 ",
        "０９０１２３４５６７",
    ],
)
def test_usual_forms_mean_the_same_number(typed):
    assert read_phone(typed) == "+84901234567"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0901",
        "09012345678",
        "0231 3876 543",
        "+1 202 555 0100",
        "0123456789",
        "chín không một",
        "+84+84901234567",
        "٠٩٠١٢٣٤٥٦٧",
    ],
)
def test_what_is_no_mobile_number_is_refused(typed):
    assert read_phone(typed) is None


def test_a_number_that_begins_like_the_country_is_not_cut():
    assert read_phone("845678901") == "+84845678901"
    assert read_phone("0845678901") == "+84845678901"


@given(st.from_regex(r"\+84[35789][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_a_kept_number_survives_the_screen(phone, between):
    assert read_phone(phone_on_screen(phone).replace(" ", between)) == phone
    assert read_phone(phone) == phone


def test_a_masked_number_hides_the_middle():
    assert masked_phone("+84901234567") == "0901 *** 567"
