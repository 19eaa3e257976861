"""Moving in, moving away, moving house, dying."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.people.forms.parts import DayField, person_options, relation_options
from langso.community.people.queries import PersonCard
from langso.community.people.rules.codes import Relation


class LeavingForm(forms.Form):
    """Base of forms by which somebody leaves a household: a head names who comes after them."""

    on_date = DayField(label=_("On which day?"))
    next_head = forms.ChoiceField(label=_("New head of the household"), required=False)

    def __init__(self, *args: Any, others: Sequence[PersonCard] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if others:
            self.fields["next_head"].choices = person_options(others, empty="—")  # type: ignore[attr-defined]
            self.fields["next_head"].required = True
        else:
            del self.fields["next_head"]

    def next_head_id(self) -> UUID | None:
        chosen = self.cleaned_data.get("next_head")
        return UUID(chosen) if chosen else None


class DepartureForm(LeavingForm):
    left_for = forms.CharField(label=_("Where to?"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class DeathForm(LeavingForm):
    reason = forms.CharField(
        label=_("On what paper?"),
        help_text=_("Such as the number of the death certificate."),
        max_length=200,
        required=False,
    )


class ChangeHouseholdForm(LeavingForm):
    household_code = forms.CharField(label=_("Code of the other household"), max_length=20)
    relation = forms.ChoiceField(
        label=_("Relation to the head there"), choices=relation_options, initial=Relation.UNKNOWN.value
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class ArrivalForm(forms.Form):
    household_code = forms.CharField(label=_("Household code"), max_length=20)
    relation = forms.ChoiceField(
        label=_("Relation to the head"), choices=relation_options, initial=Relation.UNKNOWN.value
    )
    from_date = DayField(label=_("Lives there since"))
    came_from = forms.CharField(label=_("Came from"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
