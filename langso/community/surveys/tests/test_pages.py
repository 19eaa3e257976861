"""Figures by sex with unknown as a group of its own, small groups hidden, answers as a list and as files."""

import io

import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from langso.community.surveys import queries
from langso.community.surveys.lists import rounds_for
from langso.community.surveys.models import HouseholdAnswer, SurveyRound
from langso.community.surveys.services import remove_answers
from langso.community.surveys.testing import make_answer, make_answers, round_id
from langso.kernel.access.actors import NOBODY, Actor, Membership, Role
from langso.kernel.access.require import SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import NotHere
from langso.kernel.ids import new_id

pytestmark = pytest.mark.django_db

OFFICER = Actor(account_id=new_id(), commune="03390", memberships=(Membership(Role.OFFICER, new_id(), "03390"),))


def by_province():
    card = queries.round_card(OFFICER, round_id=round_id())
    return card, card.tables[0]


def test_unknown_is_a_group_of_its_own() -> None:
    make_answers(7, respondent_sex="MALE")
    make_answers(6, respondent_sex="FEMALE")
    make_answers(5, respondent_sex="UNKNOWN")
    card, table = by_province()
    assert len(card.sexes) == 3
    assert (table.column_totals, table.total) == ((7, 6, 5), 18)
    assert [(row.label, row.cells, row.total) for row in table.rows] == [("Sơn La", (7, 6, 5), 18)]


def test_a_sex_of_fewer_than_five_is_in_no_figure() -> None:
    make_answers(20, respondent_sex="FEMALE")
    make_answers(2, respondent_sex="UNKNOWN")
    card, table = by_province()
    assert len(card.left_out) == 1
    assert table.total == 20
    assert all(len(row.cells) == len(card.sexes) for row in table.rows)


def test_a_small_province_hides_itself_and_another_one() -> None:
    make_answers(20, province="14")
    make_answers(30, province="19")
    make_answers(40, province="66")
    make_answers(2, province="64")
    _card, table = by_province()
    hidden = {row.label for row in table.rows if row.cells[1] is None}
    assert "Gia Lai" in hidden
    assert len(hidden) == 2
    assert {row.label for row in table.rows if row.total is None} == hidden
    assert table.total == 92


def test_every_table_counts_every_shown_household() -> None:
    make_answers(12)
    make_answers(9, respondent_sex="MALE", province="")
    card, _table = by_province()
    assert len(card.tables) == 5
    assert {table.total for table in card.tables} == {21}


def test_a_round_of_three_shows_no_figure() -> None:
    make_answers(3)
    card, table = by_province()
    assert (table.rows, table.total) == ((), 0)
    assert card.left_out


def test_another_commune_sees_nothing() -> None:
    make_answers(6)
    found = round_id()
    with commune_scope("03405"):
        there = Actor(account_id=new_id(), commune="03405", memberships=(Membership(Role.OFFICER, None, "03405"),))
        with pytest.raises(NotHere):
            queries.round_card(there, round_id=found)
        assert not rounds_for(there).exists()
    with pytest.raises(SignInNeeded):
        queries.round_card(NOBODY, round_id=found)


def test_a_household_is_there_once_and_a_score_is_at_most_eight() -> None:
    answer = HouseholdAnswer.objects.get(pk=make_answer())
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdAnswer.objects.create(
            round=answer.round, household=answer.household, respondent_sex="MALE", raw={}, fingerprint=""
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdAnswer.objects.filter(pk=answer.pk).update(fies_score=9)


def test_a_round_goes_with_its_last_answer() -> None:
    first, second = make_answers(2)
    remove_answers(OFFICER, answer_ids=[first])
    assert SurveyRound.objects.get().place == "Sơn La"
    remove_answers(OFFICER, answer_ids=[first, second])
    assert not SurveyRound.objects.exists()


def test_the_pages_and_the_files(cast) -> None:
    make_answers(6, respondent_sex="MALE")
    make_answers(6, province="64")
    make_answers(1, province="66")
    desk = cast.client("dung")
    assert "Test round" in desk.get("/surveys/").content.decode()
    page = desk.get(f"/surveys/{round_id()}/").content.decode()
    assert "Gia Lai" in page
    assert "·" in page
    address = f"/surveys/{round_id()}/answers/"
    assert len(desk.get(address, {"sex": "MALE"}).context["listing"].rows) == 6
    assert len(desk.get(address, {"province": "66"}).context["listing"].rows) == 1
    csv_file = desk.get(address, {"format": "csv", "province": "64"}).content.decode("utf-8-sig")
    assert len(csv_file.splitlines()) == 7
    book = load_workbook(io.BytesIO(desk.get(address, {"format": "xlsx", "province": "64"}).content))
    assert book.active.max_row == 7
