"""Decisions about signing in, without a database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.access.actors import Role
from langso.kernel.accounts import rules
from tests.sign_in import parts_of


@pytest.mark.parametrize("role", [Role.HELPER, Role.OFFICER, Role.PROVINCE_OFFICER, Role.OPERATOR])
def test_whoever_sees_other_peoples_records_has_a_short_session(role):
    assert rules.session_length([Role.RESIDENT, role]) == timedelta(hours=12)


@pytest.mark.parametrize("roles", [[], [Role.RESIDENT], [Role.COOPERATIVE_MANAGER, Role.INSPECTOR]])
def test_farmers_stay_signed_in_for_a_season(roles):
    assert rules.session_length(roles) == timedelta(days=90)


def test_a_session_in_use_is_moved_on_long_before_it_ends():
    for length in (rules.SHORT_SESSION, rules.LONG_SESSION):
        assert timedelta(0) < rules.refresh_after(length) <= length / 20


def test_guessing_a_code_takes_years():
    guesses_a_day = rules.WRONG_CODES.most * (timedelta(days=1) / rules.WRONG_CODES.window)
    assert 10**rules.CODE_DIGITS / guesses_a_day > 5 * 365


def test_a_lock_out_outlasts_the_code_that_was_guessed_at():
    assert rules.WRONG_CODES.window >= rules.CODE_LIFETIME


@given(st.text())
def test_what_goes_out_by_sms_is_plain_letters(text):
    assert rules.for_sms(text).isascii()


def test_diacritics_go_and_letters_stay():
    assert rules.for_sms("Mã vào Làng số: Đường, ướt, ĩ") == "Ma vao Lang so: Duong, uot, i"


@given(st.text(alphabet="aăâđêôơư ạ", max_size=160))
def test_a_plain_text_of_160_letters_is_one_part(text):
    assert parts_of(rules.for_sms(text)) == 1
