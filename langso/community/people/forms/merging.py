"""Deciding about two records that may be one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.people.services.merging import TAKEABLE
from langso.community.people.texts import FIELDS
from langso.kernel.errors import Text

FIRST, SECOND = "first", "second"


class MergeForm(forms.Form):
    """Which record stays, and whose value is right where the two differ."""

    kept = forms.ChoiceField(
        label=_("Which record stays?"),
        choices=[(FIRST, _("The left one")), (SECOND, _("The right one"))],
        widget=forms.RadioSelect,
        initial=FIRST,
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, differing: dict[str, tuple[Text, Text]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.differing = [name for name in TAKEABLE if name in differing]
        for name in self.differing:
            left, right = differing[name]
            self.fields[name] = forms.ChoiceField(
                label=FIELDS[name],
                choices=[(FIRST, left or _("not supplied")), (SECOND, right or _("not supplied"))],
                widget=forms.RadioSelect,
                initial=FIRST if left else SECOND,
            )

    def take(self) -> set[str]:
        """The fields whose value comes from the record that goes."""
        kept = self.cleaned_data["kept"]
        return {name for name in self.differing if self.cleaned_data[name] != kept}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
