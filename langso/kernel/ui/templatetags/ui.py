"""`{% load ui %}`: every part that a screen is made of. The page `/ui/` shows them all.

A wrong icon, level or shape raises at once: a page must not quietly lose a sign that its reader relies on.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms, template
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django_filters.filterset import FilterSet

from langso.kernel import clock
from langso.kernel.errors import Text
from langso.kernel.listing import Listing
from langso.kernel.listing.columns import Cell
from langso.kernel.ui.cells import cells_html
from langso.kernel.ui.filters import filter_fields_html
from langso.kernel.ui.icons import sprite_of
from langso.kernel.ui.lunar import lunar_date
from langso.kernel.ui.sheets import sheet
from langso.kernel.ui.timelines import timeline_item, timeline_line

register = template.Library()

LEVEL_ICONS = {
    "ok": "circle-check",
    "info": "info",
    "warning": "triangle-alert",
    "danger": "stop",
    "plain": "circle",
}
"""Each level has a colour, a shape of its own and a word beside it."""

ACT_KINDS = ("main", "plain", "danger", "quiet")


def _level_icon(level: str) -> str:
    if level not in LEVEL_ICONS:
        raise ValueError(f"no level is called {level!r}; there are {', '.join(LEVEL_ICONS)}")
    return LEVEL_ICONS[level]


@register.simple_tag
def style_here() -> SafeString:
    """The residents' style sheet within the page, where most readers come once: a buyer with a code."""
    return mark_safe(f"<style>{sheet()}</style>")  # noqa: S308 our own file


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A line icon. It is hidden from screen readers, so a word always stands beside it."""
    return _drawing(name, f"icon {css}".strip())


@cache
def _drawing(name: str, css: str) -> SafeString:
    drawing = '<svg class="{}" width="24" height="24" aria-hidden="true" focusable="false"><use href="{}"></use></svg>'
    return format_html(drawing, css, f"{static(sprite_of(name))}#{name}")


@register.simple_block_tag
def card(content: str, title: Text = "", icon: str = "", href: str = "") -> SafeString:
    """A part of a page with a heading under a fine rule. With `href` the heading leads on."""
    return render_to_string("ui/parts/card.html", {"content": content, "title": title, "icon": icon, "href": href})


@register.simple_block_tag
def notice(content: str, level: str = "info", title: Text = "") -> SafeString:
    """Something that the reader should know now: `ok`, `info`, `warning` or `danger`."""
    shown = {"content": content, "level": level, "icon": _level_icon(level), "title": title}
    return render_to_string("ui/parts/notice.html", shown)


@register.simple_tag
def badge(level: str, text: Text) -> SafeString:
    """A state in one or two words, with the shape and colour of its level (`plain` has no opinion)."""
    return format_html('<span class="badge {}">{}{}</span>', level, icon(_level_icon(level)), text)


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: Text, text: Text = "", icon: str = "inbox", url: str = "", label: Text = "") -> dict[str, Any]:
    """Nothing is here yet: says so, says why, and offers the first act."""
    return {"title": title, "text": text, "icon": icon, "url": url, "label": label}


@register.inclusion_tag("ui/parts/act.html")
def act(
    label: Text, url: str = "", icon: str = "", kind: str = "main", name: str = "", value: str = ""
) -> dict[str, Any]:
    """What one does on a page: a link when it has a `url`, else the button that sends the form. One `main` a screen."""
    if kind not in ACT_KINDS:
        raise ValueError(f"no kind of act is called {kind!r}; there are {', '.join(ACT_KINDS)}")
    return {"label": label, "url": url, "icon": icon, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("ui/parts/tile.html")
def tile(label: Text, url: str, icon: str, note: Text = "") -> dict[str, Any]:
    """A big square of a resident's home: picture, words, and perhaps a line about what waits behind it."""
    return {"label": label, "url": url, "icon": icon, "note": note}


@register.inclusion_tag("ui/parts/field.html")
def field(bound: forms.BoundField, label: Text = "") -> dict[str, Any]:
    """A form's field with its label, help and errors, joined for screen readers."""
    return {**_described(bound), "label": label or bound.label}


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What to mend, above the form, each line leading to its field. Nothing when the form is well."""
    fields = [(bound, bound.errors) for bound in form if bound.errors]
    return {"general": form.non_field_errors(), "fields": fields, "any": bool(form.errors)}


@register.inclusion_tag("ui/parts/stepper.html")
def stepper(
    bound: forms.BoundField, unit: Text = "", last: Any = None, step: Any = 1, label: Text = ""
) -> dict[str, Any]:
    """A number with big minus and plus, its unit, and the value of last time offered as one touch."""
    numbers = {name: getattr(bound.field, name, None) for name in ("min_value", "max_value")}
    offered = bound.field.prepare_value(last) if isinstance(last, Decimal) else last
    shown = {"unit": unit, "last": offered, "step": step, "label": label or bound.label}
    return {**_described(bound), **shown, **numbers}


@register.inclusion_tag("ui/parts/choices.html")
def choices(
    bound: forms.BoundField, icons: Mapping[str, str] | None = None, submit: bool = False, label: Text = ""
) -> dict[str, Any]:
    """One of several by picture and word. With `submit` a touch sends the form, so a choice is one act."""
    pictures = icons or getattr(bound.field.widget, "icons", {})
    options = [
        {"choice": choice, "value": value, "icon": pictures.get(value, ""), "label": choice.choice_label}
        for choice in bound.subwidgets
        if (value := str(choice.data["value"]))
    ]
    return {**_described(bound), "options": options, "submit": submit, "label": label or bound.label}


def _described(bound: forms.BoundField) -> dict[str, Any]:
    kind = getattr(bound.field.widget, "input_type", "")
    return {"bound": bound, "is_check": kind == "checkbox" and not bound.use_fieldset, "required": bound.field.required}


MESSAGE_LEVELS = {"success": "ok", "warning": "warning", "error": "danger"}
"""Django's message tags -> our levels; anything else informs."""


@register.filter
def message_level(tag: str) -> str:
    """Our level for a message of `django.contrib.messages`."""
    return MESSAGE_LEVELS.get(tag, "info")


@register.inclusion_tag("ui/parts/listing.html")
def listing(listing: Listing[Any]) -> dict[str, Any]:
    """A `Listing`: search, filters, table (cards on a phone), pages and the CSV of exactly what is shown."""
    numbers = [cell.is_number for cell in listing.rows[0]] if listing.rows else [False] * len(listing.table_columns)
    return {"listing": listing, "headers": list(zip(listing.headers, numbers, strict=True))}


@register.filter
def filter_fields(filters: FilterSet) -> SafeString:
    """The fields of a list's filters."""
    return filter_fields_html(filters)


@register.filter
def cells(row: Sequence[Cell]) -> SafeString:
    """The cells of one row of a `Listing`."""
    return cells_html(row, badge)


@register.inclusion_tag("ui/parts/steps.html")
def steps(current: int, *labels: Text) -> dict[str, Any]:
    """Where one stands in a task of several pages: `{% steps 2 "Upload" "Match" "Check" %}`, or a list of words."""
    words: Iterable[Text] = labels[0] if len(labels) == 1 and not isinstance(labels[0], str) else labels
    numbered = enumerate(words, 1)
    items = [{"number": number, "label": label, "state": _step_state(number, current)} for number, label in numbered]
    return {"steps": items, "current": current, "count": len(items)}


def _step_state(number: int, current: int) -> str:
    if number == current:
        return "now"
    return "done" if number < current else "later"


@register.simple_tag
def timeline(items: Iterable[Any]) -> SafeString:
    """What happened, in order. An item has `title`, perhaps `at` (date, time), `text`, `icon`, `level`, `url`, `by`."""
    lines = "".join(timeline_item(item, icon, _level_icon) for item in items)
    return mark_safe(f'<ol class="timeline">{lines}</ol>')  # noqa: S308 every part is escaped where it is written


@register.simple_tag
def short_timeline(items: Iterable[Any]) -> SafeString:
    """The same items in a line each, for many of them."""
    lines = "".join(timeline_line(item) for item in items)
    return mark_safe(f'<ol class="timeline-short">{lines}</ol>')  # noqa: S308 as above


@register.inclusion_tag("ui/parts/facts.html")
def facts(items: Iterable[tuple[Text, Any]]) -> dict[str, Any]:
    """Words and values joined by a dotted line. A value that is None or empty is shown as "not supplied"."""
    return {"items": items}


@register.inclusion_tag("ui/parts/figure.html")
def figure(value: Any, label: Text, unit: Text = "", level: str = "", note: Text = "", url: str = "") -> dict[str, Any]:
    """One number that can be read from across the room, with what it counts."""
    sign = _level_icon(level) if level else ""
    return {"value": value, "label": label, "unit": unit, "level": level, "icon": sign, "note": note, "url": url}


@register.inclusion_tag("ui/parts/almanac.html")
def almanac() -> dict[str, Any]:
    """Today in both calendars, in one line."""
    today = clock.today()
    return {"today": today, "lunar": lunar_date(today)}


@register.inclusion_tag("ui/parts/masthead.html")
def masthead(title: Text) -> dict[str, Any]:
    """The head of a start page: a place's name beside the leaf of the day, as a wall calendar of a Vietnamese house."""
    return {**almanac(), "title": title}


@register.simple_tag(takes_context=True)
def page_title(context: RequestContext) -> SafeString:
    """The text of the page's `title` block, so that a page writes its title once."""
    blocks = context.render_context[BLOCK_CONTEXT_KEY]
    block = blocks.get_block("title")
    return SafeString(block.render(context).strip()) if block else SafeString(_("Langso"))
