"""To whom something is addressed, as a form asks it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.kernel.link.publishing import communes_of_province


def _choices() -> list[tuple[str, str]]:
    return [(commune.code, commune.full_name) for commune in communes_of_province()]


class CommunesField(forms.MultipleChoiceField):
    """The communes of the province to tick; none means all. Gives codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Only for these communes"),
            help_text=_("Tick none, and it goes to every commune of the province."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=_choices,
            **options,
        )
