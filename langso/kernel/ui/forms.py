"""Form fields and widgets made for thumbs: amounts with comma or dot, choices with pictures."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import DomainError

_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*")
_WHOLE: Final = re.compile(r"[0-9]{1,15}")
_FRACTION: Final = re.compile(r"[0-9]{1,6}")


def read_amount(typed: str, *, grouping: str) -> Decimal:
    """The number that somebody typed with comma or dot: "1,5" and "1.5" are one and a half, "0.125" an eighth.

    `grouping` is the mark that parts thousands in the active language ("." in Vietnamese): "1.500" is then one thousand
    five hundred, "1,500" one and a half. Two kinds of mark ("1.500,25") tell by themselves. Raises `ValueError` for
    anything else, never guesses.
    """
    text = re.sub(r"[\s\u00a0\u202f]", "", typed)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    mark = _decimal_mark(text, grouping)
    whole, _mark, fraction = text.partition(mark) if mark else (text, "", "")
    if not (_WHOLE.fullmatch(whole) or _GROUPED.fullmatch(whole)) or (mark and not _FRACTION.fullmatch(fraction)):
        raise ValueError(typed)
    return Decimal(f"{sign}{re.sub('[.,]', '', whole)}.{fraction or 0}")


def _decimal_mark(text: str, grouping: str) -> str:
    """Which of the marks in the text begins its decimals; empty when none does."""
    marks = re.sub("[^.,]", "", text)
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) != 1:
        return ""
    return "" if marks == grouping and _GROUPED.fullmatch(text) else marks


DJANGOS_SENTENCES: Final = (
    _("This field is required."),
    _("Enter a valid date."),
    _("Enter a whole number."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("The submitted file is empty."),
)
"""Sentences of Django's forms that our catalogue says in plainer Vietnamese; named here so that it keeps them."""


class AmountInput(forms.TextInput):
    """A text box that opens the number keyboard. `type=number` would refuse the Vietnamese comma on many phones."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "enterkeyhint": "next", **(attrs or {})})


class AmountField(forms.DecimalField):
    """A decimal that takes comma and dot in every language. Use it with `{% stepper %}`."""

    widget = AmountInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values or isinstance(value, (Decimal, int)):
            return super().to_python(value)
        try:
            return read_amount(str(value), grouping="," if get_language() == "en" else ".")
        except ValueError:
            raise ValidationError(_("Write a number, such as 12 or 2,5."), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        text = f"{value:f}"
        plain = text.rstrip("0").rstrip(".") if "." in text else text
        return plain if get_language() == "en" else plain.replace(".", ",")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `step`, `min` and `max`: they belong to `type=number`. The stepper reads its limits from the field."""
        return {}


class PictureSelect(forms.RadioSelect):
    """Radio buttons drawn as tiles by `{% choices %}`. `icons` maps a value to the name of its icon."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Any = (), *, icons: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(attrs, choices)
        self.icons = dict(icons or {})


class DayField(forms.DateField):
    """A day: the browser's own date picker, or typed as 31/1/2026."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            **options,
        )


class RefusableForm(forms.Form):
    """A form that shows a service's refusal beside the fields that it names."""

    def refuse(self, refusal: DomainError) -> None:
        """Put the refusal's sentences where they belong; what was typed stays."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
        if not refusal.fields:
            self.add_error(None, str(refusal.message))


class ReasonForm(RefusableForm):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why?"), max_length=300)
