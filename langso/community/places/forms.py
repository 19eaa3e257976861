"""Forms of places: they check what was typed; services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.places.models import VillageKind
from langso.community.places.rules.villages import LONGEST_NAME
from langso.kernel.errors import DomainError


class RefusableForm(forms.Form):
    """A form that shows a service's refusal beside the fields that it names."""

    def refuse(self, refusal: DomainError) -> None:
        """Put the refusal's sentences where they belong; what was typed stays."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
        if not refusal.fields:
            self.add_error(None, str(refusal.message))


class VillageForm(RefusableForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_('With or without the word in front: "Bản Nà Đon" or "Nà Đon".'),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=VillageKind.choices)
    order = forms.IntegerField(
        label=_("Place in the list"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Smaller numbers come first. Empty: at the end."),
    )
    population_note = forms.CharField(
        label=_("Note on its people"),
        max_length=200,
        required=False,
        help_text=_('Such as "128 households, said the village head in June". Figures come from the register.'),
    )


class RevisionForm(VillageForm):
    order = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=100_000)


class PastedForm(RefusableForm):
    usual_kind = forms.ChoiceField(
        label=_("Usual kind"), choices=VillageKind.choices, help_text=_("For lines that do not begin with a kind.")
    )
    pasted = forms.CharField(
        label=_("Villages, one on each line"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Numbers and dashes in front of a line are left out. Villages that are known already stay as they are."
        ),
    )


class MergerForm(RefusableForm):
    into = forms.ChoiceField(label=_("Into which village?"))
    legal_basis = forms.CharField(
        label=_("Decision"), max_length=200, required=False, help_text=_("Number and date of the resolution.")
    )

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].choices = villages  # type: ignore[attr-defined]


class OldAddressForm(forms.Form):
    address = forms.CharField(
        label=_("Old address"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
        help_text=_("As it stands on the paper: commune, district, province. Marks may be left out."),
    )
