"""Forms of organisations: they check what was typed; services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.organisations.models import OrganisationKind
from langso.community.organisations.rules.roles import PLAIN
from langso.community.organisations.texts import role_name
from langso.kernel.access.actors import Role
from langso.kernel.ui.forms import RefusableForm


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RevisionForm(RefusableForm):
    name = forms.CharField(label=_("Name"), max_length=160)
    tax_code = forms.CharField(label=_("Tax code"), max_length=20, required=False)
    village_id = forms.ChoiceField(label=_("Village"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    founded_date = forms.DateField(label=_("Founded on"), required=False, widget=DayInput())

    def __init__(self, *args: Any, villages: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["village_id"].choices = [("", _("No village")), *villages]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What the service takes."""
        return {**self.cleaned_data, "village_id": self.cleaned_data["village_id"] or None}


class FoundingForm(RevisionForm):
    kind = forms.ChoiceField(label=_("Kind"))
    field_order = ("kind",)

    def __init__(self, *args: Any, kinds: Iterable[OrganisationKind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class ClosureForm(RefusableForm):
    closed_date = forms.DateField(
        label=_("Closed from"), required=False, widget=DayInput(), help_text=_("Empty: today.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class MemberForm(RefusableForm):
    person_id = forms.UUIDField(required=False, widget=forms.HiddenInput())
    account_id = forms.UUIDField(required=False, widget=forms.HiddenInput())
    role = forms.ChoiceField(label=_("Role"), required=False)
    start_date = forms.DateField(label=_("From"), required=False, widget=DayInput(), help_text=_("Empty: today."))
    end_date = forms.DateField(
        label=_("Until before"), required=False, widget=DayInput(), help_text=_("Empty: until it is ended.")
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, roles: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = [(role, role_name(role)) for role in roles]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What the service takes."""
        role = self.cleaned_data["role"]
        return {**self.cleaned_data, "role": None if role == PLAIN else Role(role)}


class EndingForm(RefusableForm):
    end_date = forms.DateField(
        label=_("Last day is the day before"), required=False, widget=DayInput(), help_text=_("Empty: at once.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class BusinessAccountForm(RefusableForm):
    account = forms.CharField(
        label=_("User name or phone of the account"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
