"""What for, and whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.people.purposes import BY_CODE, ON_DESK
from langso.community.people.services import RemarkNeeded


class PurposeForm(forms.Form):
    """What staff open records for, during the next quarter of an hour."""

    purpose = forms.ChoiceField(
        label=_("What do you open it for?"),
        choices=[(purpose.code, purpose.label) for purpose in ON_DESK],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("In your words"),
        help_text=_("Such as a file number. The resident can read it."),
        max_length=200,
        required=False,
    )
    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        purpose = BY_CODE.get(cleaned.get("purpose", ""))
        if purpose and purpose.explain and not cleaned.get("remark", "").strip():
            self.add_error("remark", str(RemarkNeeded.message))
        return cleaned


class LookupForm(forms.Form):
    """A personal number, or the QR code of an identity card as a scanner types it. Sent by POST: it stays out of
    addresses."""

    typed = forms.CharField(
        label=_("Personal number or card QR"),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
