"""The form of a notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.communication.announcements.rules import LONGEST_TEXT, LONGEST_TITLE, Audience, Urgency
from langso.communication.announcements.services import NoticeDescription
from langso.communication.announcements.texts import AUDIENCES, URGENCIES
from langso.kernel.link.forms import CommunesField
from langso.kernel.text import Translated
from langso.kernel.ui.forms import DayField, RefusableForm


class NoticeForm(RefusableForm):
    title_vi = forms.CharField(label=_("What it is about"), max_length=LONGEST_TITLE)
    title_en = forms.CharField(label=_("What it is about, in English"), max_length=LONGEST_TITLE, required=False)
    text_vi = forms.CharField(
        label=_("What people should know"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8})
    )
    text_en = forms.CharField(
        label=_("The same in English"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea({"rows": 5})
    )
    urgency = forms.ChoiceField(
        label=_("How urgent is it?"),
        choices=[(each.value, text) for each, text in URGENCIES.items()],
        initial=Urgency.ORDINARY,
        widget=forms.RadioSelect,
    )
    audience = forms.ChoiceField(
        label=_("Who should read it?"),
        choices=[(each.value, text) for each, text in AUDIENCES.items()],
        initial=Audience.EVERYBODY,
        widget=forms.RadioSelect,
    )
    until_date = DayField(
        label=_("Last day"),
        help_text=_("Afterwards it stands in the list only. Empty: until taken back."),
        required=False,
    )
    communes = CommunesField()

    def description(self) -> NoticeDescription:
        data = self.cleaned_data
        return NoticeDescription(
            title=Translated(data["title_vi"], data["title_en"]),
            text=Translated(data["text_vi"], data["text_en"]),
            urgency=Urgency(data["urgency"]),
            audience=Audience(data["audience"]),
            until_date=data["until_date"],
            communes=tuple(data["communes"]),
        )
