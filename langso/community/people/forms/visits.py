"""The note of a visit, made for a thumb."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.people.forms.parts import DayField
from langso.community.people.models import VisitPurpose
from langso.kernel import clock
from langso.kernel.ids import new_id
from langso.kernel.ui.forms import PictureSelect

ICONS = {
    VisitPurpose.CHECK.value: "user-check",
    VisitPurpose.PAPER.value: "file-text",
    VisitPurpose.REGISTER.value: "id-card",
    VisitPurpose.PHONE.value: "smartphone",
    VisitPurpose.DISASTER.value: "waves",
    VisitPurpose.OTHER.value: "circle",
}


class VisitForm(forms.Form):
    """Which household, why, what was seen; today unless said otherwise."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    household_code = forms.CharField(
        label=_("Household code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    purpose = forms.ChoiceField(
        label=_("Why did you go?"), choices=VisitPurpose.choices, widget=PictureSelect(icons=ICONS)
    )
    remark = forms.CharField(
        label=_("What did you see and agree?"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    visit_date = DayField(label=_("Day of the visit"))

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"visit_date": clock.today(), **options.get("initial", {})}
        super().__init__(*args, **options)
        self.fields["visit_date"].widget.attrs["max"] = clock.today().isoformat()
