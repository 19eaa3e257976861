"""Fields that several forms share."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.community.people.rules.codes import Relation
from langso.community.people.rules.dates import Birth, read_birth
from langso.community.people.texts import RELATIONS
from langso.kernel.errors import Text


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day: the browser's own date picker, or typed as 31/1/2026."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
        super().__init__(**options)


class BirthField(forms.CharField):
    """A birth date or only the year; gives a `Birth`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Birth date or year"))
        options.setdefault("help_text", _("Such as 31/1/1990, or only 1990 when nobody knows the day."))
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**options)

    def clean(self, value: Any) -> Birth:
        birth = read_birth(super().clean(value))
        if birth is None:
            raise forms.ValidationError(_("Write day, month and year, such as 31/1/1990, or only the year."))
        return birth

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Birth):
            return value
        return value.day.strftime("%d/%m/%Y") if value.day else (value.year or "")


def options_of(words: Mapping[str, Text], *, empty: Text | None = None) -> list[tuple[str, Text]]:
    """A choice's options, with an empty one in front when `empty` says what it means."""
    options = [(str(code), word) for code, word in words.items()]
    return options if empty is None else [("", empty), *options]


def relation_options() -> list[tuple[str, Text]]:
    """Every relation but that of the head."""
    return [(code, word) for code, word in options_of(RELATIONS) if code != Relation.HEAD]


def person_options(people: Iterable[Any], *, empty: Text | None = None) -> list[tuple[str, Text]]:
    """Persons by name and birth year."""
    options: list[tuple[str, Text]] = [
        (str(person.id), f"{person.name} ({person.birth_year})" if person.birth_year else person.name)
        for person in people
    ]
    return options if empty is None else [("", empty), *options]


def add_refusal(form: forms.BaseForm, message: Text, fields: Mapping[str, Text]) -> None:
    """Show a service's refusal in the form: each sentence at its field, or above the form."""
    here = {name: sentence for name, sentence in fields.items() if name in form.fields}
    for name, sentence in here.items():
        form.add_error(name, str(sentence))
    if not here:
        form.add_error(None, str(message))
