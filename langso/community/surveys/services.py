"""Adding and removing answers. Always many at once: surveys come as files."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from langso.community.surveys.access import can_keep_surveys
from langso.community.surveys.events import AnswersAdded, AnswersRemoved
from langso.community.surveys.models import HouseholdAnswer, SurveyRound
from langso.community.surveys.rules.rhomis import PROVINCES
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.journal.services import emit, service


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRound:
    """A survey round as it is first met."""

    code: str
    name: str
    year: int
    source: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """One household's answers; the columns of `HouseholdAnswer`."""

    round: NewRound
    household: str
    region_told: str
    province: str
    respondent_sex: str
    people: int | None
    land_told: Decimal | None
    land_unit: str
    land_ha: Decimal | None
    crops: list[dict[str, Any]]
    income_told: Decimal | None
    income_unit_told: str
    income_control: list[str] | None
    is_short_of_food: bool | None
    fies_score: int | None
    raw: dict[str, str]
    fingerprint: str


@service
def add_answers(actor: Actor, *, answers: Sequence[NewAnswer]) -> list[UUID]:
    """Store answers, making rounds that are new; returns their ids in order.

    `IntegrityError` when a household of the commune is there already.
    """
    require(can_keep_surveys(actor), actor)
    rounds = {answer.round.code: answer.round for answer in answers}
    kept = {code: _round(found) for code, found in rounds.items()}
    rows = [HouseholdAnswer(**_columns(answer), round=kept[answer.round.code]) for answer in answers]
    HouseholdAnswer.objects.bulk_create(rows)
    _tell_places(rounds)
    emit(actor, AnswersAdded(rounds=tuple(sorted(rounds)), answers=len(rows)))
    return [row.id for row in rows]


@service
def remove_answers(actor: Actor, *, answer_ids: Sequence[UUID]) -> None:
    """Delete answers, and the rounds that have none left. Ids that are gone already are no fault."""
    require(can_keep_surveys(actor), actor)
    answers = HouseholdAnswer.objects.filter(pk__in=answer_ids)
    codes = set(answers.values_list("round__code", flat=True))
    removed, _by_table = answers.delete()
    SurveyRound.objects.filter(code__in=codes, answers=None).delete()
    _tell_places(codes)
    if removed:
        emit(actor, AnswersRemoved(rounds=tuple(sorted(codes)), answers=removed))


def _round(new: NewRound) -> SurveyRound:
    kept, _made = SurveyRound.objects.get_or_create(code=new.code, defaults=asdict(new))
    return kept


def _tell_places(codes: Iterable[str]) -> None:
    """Write down where each round was held: the provinces of its answers."""
    for survey in SurveyRound.objects.filter(code__in=codes):
        found = set(survey.answers.exclude(province="").values_list("province", flat=True))
        place = ", ".join(sorted(PROVINCES[code].name for code in found))
        SurveyRound.objects.filter(pk=survey.pk).exclude(place=place).update(place=place)


def _columns(answer: NewAnswer) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in NewAnswer.__dataclass_fields__ if name != "round"}
