"""Forms of places: they check what was typed; services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.places.models import VillageKind
from langso.community.places.rules.changes import read_lines
from langso.community.places.rules.villages import LONGEST_NAME
from langso.community.places.services import ChangeDescription
from langso.kernel.ui.forms import DayField, RefusableForm

MOST_BYTES = 200_000


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


class ChangeForm(RefusableForm):
    """The law, its day, and the table as text or as a file."""

    legal_basis = forms.CharField(
        label=_("Resolution"), max_length=200, help_text=_("Number, date, and who passed it.")
    )
    from_date = DayField(label=_("In effect from"))
    table = forms.CharField(
        label=_("The table, one line for each commune that ends or part of it"),
        max_length=100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Code of the commune that ends, code that it gets or joins, kind, name, English name. Without kind and "
            "name it joins a commune that goes on. Comma, semicolon or tab between the cells."
        ),
    )
    file = forms.FileField(label=_("Or a CSV file"), required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        file = data.get("file")
        if file:
            try:
                data["table"] = file.read(MOST_BYTES).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This is no text in UTF-8. Save it as CSV (UTF-8) and choose it again."))
        elif not data.get("table"):
            self.add_error("table", _("Paste the table here, or choose a file."))
        return data

    def description(self) -> ChangeDescription:
        data = self.cleaned_data
        return ChangeDescription(
            legal_basis=data["legal_basis"], from_date=data["from_date"], lines=tuple(read_lines(data["table"]))
        )
