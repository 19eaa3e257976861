"""The details of a person, new or corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.people.forms.parts import BirthField, DayField, options_of, relation_options
from langso.community.people.rules.cards import read_card
from langso.community.people.rules.codes import CameBy, Relation, Sex
from langso.community.people.rules.dates import Birth
from langso.community.people.rules.details import PersonDetails, faults_of, tidied
from langso.community.people.services import Arrival
from langso.community.people.texts import CAME_BY, DISABILITIES, ETHNICITY_NAMES, FAULTS, SEXES
from langso.kernel import clock


class DetailsForm(forms.Form):
    """The facts of a person; `details()` gives them tidied and without faults once the form is valid."""

    name = forms.CharField(label=_("Full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    sex = forms.ChoiceField(label=_("Sex"), choices=options_of(SEXES), widget=forms.RadioSelect)
    birth = BirthField(required=False)
    personal_number = forms.CharField(
        label=_("Personal number"),
        help_text=_("Twelve digits of the identity card."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    ethnicity = forms.ChoiceField(
        label=_("Ethnicity"), choices=options_of(ETHNICITY_NAMES, empty=_("Not known")), required=False
    )
    disability = forms.ChoiceField(label=_("Disability"), choices=options_of(DISABILITIES), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for fault in faults_of(self.details(), today=clock.today()):
                field = "birth" if fault.field in ("birth_date", "birth_year") else fault.field
                self.add_error(field, str(FAULTS[fault.code]))
        return cleaned

    def details(self) -> PersonDetails:
        """What was typed, in the forms that are stored."""
        birth: Birth = self.cleaned_data.get("birth") or Birth()
        return tidied(
            PersonDetails(
                name=self.cleaned_data.get("name", ""),
                sex=Sex(self.cleaned_data.get("sex") or Sex.UNKNOWN),
                birth_date=birth.day,
                birth_year=birth.year,
                ethnicity=self.cleaned_data.get("ethnicity", ""),
                personal_number=self.cleaned_data.get("personal_number", ""),
                phone=self.cleaned_data.get("phone", ""),
                disability=self.cleaned_data.get("disability", ""),
            )
        )


def initial_of(details: PersonDetails) -> dict[str, Any]:
    """A form's first values from details."""
    return {
        "name": details.name,
        "sex": details.sex.value,
        "birth": Birth(details.birth_date, details.birth_year),
        "personal_number": details.personal_number,
        "phone": details.phone,
        "ethnicity": details.ethnicity,
        "disability": details.disability,
    }


def initial_of_card(scanned: str) -> dict[str, Any]:
    """A form's first values from the QR code of an identity card; empty when it is none."""
    details = read_card(scanned)
    return initial_of(details) if details else {}


class RegistrationForm(DetailsForm):
    """A new person: into a household by its code, or with a new household in a village."""

    household_code = forms.CharField(
        label=_("Household code"),
        help_text=_("Of the household the person lives in. Leave empty for a new household."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    relation = forms.ChoiceField(
        label=_("Relation to the head"), choices=relation_options, initial=Relation.UNKNOWN.value, required=False
    )
    village = forms.ChoiceField(label=_("Village of a new household"), required=False)
    address = forms.CharField(label=_("Address of a new household"), max_length=200, required=False)
    came_by = forms.ChoiceField(
        label=_("Why now?"),
        choices=[(code, CAME_BY[code]) for code in (CameBy.REGISTERED, CameBy.BIRTH, CameBy.MOVED_IN)],
        initial=CameBy.REGISTERED.value,
    )
    from_date = DayField(label=_("Lives there since"), required=False)
    came_from = forms.CharField(label=_("Came from"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason or paper"), max_length=200, required=False)

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["village"].choices = [("", "—"), *villages]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("household_code") and not cleaned.get("village"):
            self.add_error("household_code", _("Write the household's code, or choose the village of a new household."))
        return cleaned

    def arrival(self) -> Arrival:
        return Arrival(
            came_by=CameBy(self.cleaned_data["came_by"]),
            from_date=self.cleaned_data["from_date"],
            came_from=self.cleaned_data["came_from"],
            because=self.cleaned_data["reason"],
        )


class CorrectionForm(DetailsForm):
    """What is right instead, and why."""

    reason = forms.CharField(
        label=_("Why is it corrected?"), help_text=_("Such as: as on the birth certificate."), max_length=200
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
