"""The lists of surveys: rounds, and the answers of one round."""

from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import filters
from django_filters.filterset import FilterSet

from langso.community.surveys.access import can_see_surveys
from langso.community.surveys.models import HouseholdAnswer, Sex, SurveyRound
from langso.community.surveys.queries import CONTROLS
from langso.community.surveys.rules.rhomis import PROVINCES, UNIT_NAMES, by_gender
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.listing import Column, Listing

_UNKNOWN = "-"


def rounds_for(actor: Actor) -> QuerySet[SurveyRound]:
    """The survey rounds of the open commune."""
    require(can_see_surveys(actor), actor)
    return SurveyRound.objects.all()


def answers_for(actor: Actor, *, round_id: UUID) -> QuerySet[HouseholdAnswer]:
    """The answers of one round of the open commune; none of a round that is not there."""
    require(can_see_surveys(actor), actor)
    return HouseholdAnswer.objects.filter(round_id=round_id)


def _page(survey: SurveyRound) -> str:
    return reverse("surveys:round", args=[survey.pk])


class RoundList(Listing[SurveyRound]):
    title = _("Household surveys")
    columns = (
        Column("name", _("Survey"), value=lambda survey: survey.name, sort="name", url=_page),
        Column("year", _("Year"), value=lambda survey: survey.year, sort="year"),
        Column("place", _("Where"), value=lambda survey: survey.place),
        Column("licence", _("Licence"), value=lambda survey: survey.licence),
    )
    default_sort = "-year"
    empty = _("No survey was imported yet.")


class AnswerFilter(FilterSet):
    sex = filters.ChoiceFilter(
        field_name="respondent_sex", label=_("Who answered"), empty_label=_("All"), choices=Sex.choices
    )
    province = filters.ChoiceFilter(
        label=_("Province"),
        empty_label=_("All"),
        choices=[*((code, province.name) for code, province in PROVINCES.items()), (_UNKNOWN, _("Not known"))],
        method="by_province",
    )

    def by_province(self, rows: QuerySet[HouseholdAnswer], name: str, chosen: str) -> QuerySet[HouseholdAnswer]:
        return rows.filter(province="" if chosen == _UNKNOWN else chosen)


def _plain(number: Decimal | None) -> Decimal | None:
    """The number without zeros at its end."""
    return None if number is None else Decimal(f"{number.normalize():f}")


def _province(answer: HouseholdAnswer) -> str:
    return PROVINCES[answer.province].name if answer.province else ""


def _land(answer: HouseholdAnswer) -> str:
    """The area as it was told, with its unit."""
    if answer.land_told is None:
        return ""
    return f"{_plain(answer.land_told)} {UNIT_NAMES.get(answer.land_unit, '?')}"


def _income(answer: HouseholdAnswer) -> str:
    """The number as it was told and the unit that was told: nobody knows whether it was obeyed."""
    if answer.income_told is None:
        return ""
    return f"{_plain(answer.income_told)} ({answer.income_unit_told or '?'})"


class AnswerList(Listing[HouseholdAnswer]):
    """Answers of one round. Dashes and empty cells: not known."""

    title = _("Answers")
    columns = (
        Column("household", _("Household"), value=lambda answer: answer.household, sort="household"),
        Column("region", _("Region as told"), value=lambda answer: answer.region_told),
        Column("province", _("Province before July 2025"), value=_province, sort="province"),
        Column("sex", _("Who answered"), value=lambda answer: Sex(answer.respondent_sex).label, sort="respondent_sex"),
        Column("people", _("People"), value=lambda answer: answer.people, sort="people"),
        Column("land", _("Land, ha"), value=lambda answer: _plain(answer.land_ha), sort="land_ha"),
        Column("land_told", _("Land as told"), value=_land),
        Column("crops", _("Crops"), value=lambda answer: ", ".join(crop["name"] for crop in answer.crops)),
        Column("income", _("Income from the first crop, as told"), value=_income),
        Column("control", _("Who controls it"), value=lambda answer: CONTROLS[by_gender(answer.income_control)]),
        Column("short", _("Food was short"), value=lambda answer: answer.is_short_of_food),
        Column("fies", _("Food insecurity, 0 to 8"), value=lambda answer: answer.fies_score, sort="fies_score"),
    )
    filterset = AnswerFilter
    default_sort = "household"
    empty = _("This survey has no answers.")
