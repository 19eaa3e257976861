"""The fields of a list's filters as HTML, drawn once for the same choices, values and language.

A register's filters hold a hundred options; drawing them took a fifth of the page's time.
"""

from collections.abc import Hashable
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django_filters.filterset import FilterSet

MOST_KEPT: Final = 200

_drawn: dict[Hashable, SafeString] = {}


def filter_fields_html(filters: FilterSet) -> SafeString:
    """All fields of the filters, with what was chosen. Fields with an error are drawn each time."""
    if filters.form.errors:
        return _draw(filters)
    key = (type(filters), get_language(), _chosen(filters), _offered(filters))
    if key not in _drawn:
        if len(_drawn) >= MOST_KEPT:
            _drawn.clear()
        _drawn[key] = _draw(filters)
    return _drawn[key]


def _draw(filters: FilterSet) -> SafeString:
    return render_to_string("ui/parts/filters.html", {"form": filters.form})


def _chosen(filters: FilterSet) -> Hashable:
    """Every value of the address that a field might show, those of fields with several parts too."""
    names = tuple(filters.form.fields)
    return tuple((name, tuple(values)) for name, values in filters.data.lists() if name.startswith(names))


def _offered(filters: FilterSet) -> Hashable:
    """All that there is to choose from, in words: two communes with other villages never share a drawing."""
    offers = (getattr(field, "choices", ()) for field in filters.form.fields.values())
    return tuple(tuple((str(value), str(label)) for value, label in offer) for offer in offers)
