"""Households: details, head, relations, splitting, classes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.people.forms.parts import DayField, options_of, person_options, relation_options
from langso.community.people.queries import PersonCard
from langso.community.people.rules.codes import HouseholdClass, Relation
from langso.community.people.rules.relations import relation_to_new_head
from langso.community.people.texts import CLASSES


class HouseholdForm(forms.Form):
    code = forms.CharField(label=_("Household code"), max_length=20)
    village = forms.ChoiceField(label=_("Village"))
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    reason = forms.CharField(label=_("Why is it corrected?"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["village"].choices = villages  # type: ignore[attr-defined]


class HeadForm(forms.Form):
    head = forms.ChoiceField(label=_("New head of the household"), widget=forms.RadioSelect)
    on_date = DayField(label=_("From which day?"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, members: Sequence[PersonCard], **options: Any) -> None:
        super().__init__(*args, **options)
        others = [member for member in members if member.relation != Relation.HEAD]
        self.fields["head"].choices = person_options(others)  # type: ignore[attr-defined]


class RelationsForm(forms.Form):
    """One choice for each member but the head."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, members: Sequence[PersonCard], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = [member for member in members if member.relation != Relation.HEAD]
        for member in reversed(self.members):
            field = forms.ChoiceField(label=member.name, choices=relation_options, initial=member.relation)
            self.fields = {f"relation-{member.id}": field, **self.fields}

    def relations(self) -> dict[UUID, Relation]:
        return {member.id: Relation(self.cleaned_data[f"relation-{member.id}"]) for member in self.members}


class SplitForm(forms.Form):
    members = forms.MultipleChoiceField(
        label=_("Who goes into the new household?"), widget=forms.CheckboxSelectMultiple
    )
    head = forms.ChoiceField(label=_("Head of the new household"), widget=forms.RadioSelect)
    next_head = forms.ChoiceField(
        label=_("New head of the old household"), help_text=_("Only when the present head goes."), required=False
    )
    on_date = DayField(label=_("On which day?"))
    code = forms.CharField(
        label=_("Code of the new household"),
        help_text=_("Leave empty for the next free one."),
        max_length=20,
        required=False,
    )
    village = forms.ChoiceField(label=_("Village"))
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(
        self, *args: Any, people: Sequence[PersonCard], villages: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.people = people
        for name in ("members", "head"):
            self.fields[name].choices = person_options(people)  # type: ignore[attr-defined]
        self.fields["next_head"].choices = person_options(people, empty="—")  # type: ignore[attr-defined]
        self.fields["village"].choices = villages  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("head") and cleaned["head"] not in cleaned.get("members", []):
            self.add_error("head", _("The head must be one of those who go."))
        return cleaned

    def relations(self) -> dict[UUID, Relation]:
        """What each who goes is to the new head, as the rule suggests it."""
        head_id, going = UUID(self.cleaned_data["head"]), set(self.cleaned_data["members"])
        was = {person.id: Relation(person.relation) for person in self.people}
        return {
            person.id: Relation.HEAD
            if person.id == head_id
            else relation_to_new_head(of_member=was[person.id], of_new_head=was[head_id])
            for person in self.people
            if str(person.id) in going
        }


class ClassForm(forms.Form):
    kind = forms.ChoiceField(label=_("Counts as"))
    from_date = DayField(label=_("From which day?"))
    decision = forms.CharField(label=_("Number of the decision"), max_length=120, required=False)
    end = forms.BooleanField(label=_("No longer counts as this from that day"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = options_of(CLASSES)  # type: ignore[attr-defined]

    def kind_chosen(self) -> HouseholdClass:
        return HouseholdClass(self.cleaned_data["kind"])
