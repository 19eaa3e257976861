"""Builders of survey answers for tests and the demo."""

from dataclasses import replace
from decimal import Decimal
from itertools import count
from uuid import UUID

from langso.community.surveys.models import SurveyRound
from langso.community.surveys.services import NewAnswer, NewRound, add_answers
from langso.kernel.access.actors import system
from langso.kernel.access.scope import open_commune

_NUMBERS = count(1)

ROUND = NewRound(code="vn_tst_2020", name="Test round", year=2020, source="Invented for a test", licence="CC0 1.0")


def make_answer(*, respondent_sex: str = "FEMALE", province: str = "14", survey: NewRound = ROUND) -> UUID:
    """One household's answer in the open commune; its round is made when it is new."""
    [answer_id] = make_answers(1, respondent_sex=respondent_sex, province=province, survey=survey)
    return answer_id


def make_answers(
    number: int, *, respondent_sex: str = "FEMALE", province: str = "14", survey: NewRound = ROUND
) -> list[UUID]:
    """So many answers that differ in nothing but their household."""
    first = NewAnswer(
        round=survey,
        household="",
        region_told="",
        province=province,
        respondent_sex=respondent_sex,
        people=4,
        land_told=Decimal(2),
        land_unit="HA",
        land_ha=Decimal(2),
        crops=[{"name": "rice"}],
        income_told=None,
        income_unit_told="",
        income_control=None,
        is_short_of_food=None,
        fies_score=None,
        raw={},
        fingerprint="",
    )
    answers = [replace(first, household=f"{survey.code}_{next(_NUMBERS)}_1") for _number in range(number)]
    return add_answers(system(open_commune()), answers=answers)


def round_id(code: str = ROUND.code) -> UUID:
    """The id of a round by its code."""
    return SurveyRound.objects.get(code=code).pk
