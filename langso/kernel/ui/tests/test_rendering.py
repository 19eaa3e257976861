"""Selects are written without templates, and nobody can tell."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from langso.kernel.ui.rendering import QuickSelects

CHOICES = [
    ("", _("Name")),
    ("a&b", 'Quốc "Oai" <b>'),
    (3, mark_safe("<i>3</i>")),
    ("Nhóm <1>", [("x", "X"), ("y", "Ỷ")]),
]


class OwnOption(forms.Select):
    option_template_name = "django/forms/widgets/radio_option.html"


@pytest.mark.parametrize("value", [None, "", "a&b", 3, "3", "y", "none of them"])
@pytest.mark.parametrize(
    "attrs", [{}, {"required": True, "disabled": False, "title": 'say "a" & <b>', "data-n": 12345, "id": "id_f"}]
)
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect, OwnOption])
def test_a_select_is_what_djangos_template_makes_of_it(
    widget: type[forms.Select], attrs: dict[str, object], value: object
) -> None:
    made = widget(attrs) if widget is forms.NullBooleanSelect else widget(attrs, choices=CHOICES)
    given = [value] if widget is forms.SelectMultiple else value

    quick = made.render('na"me', given, renderer=QuickSelects())

    assert quick == made.render('na"me', given, renderer=DjangoTemplates())
    assert hasattr(quick, "__html__")


def test_the_site_uses_it() -> None:
    assert isinstance(forms.renderers.get_default_renderer(), QuickSelects)
