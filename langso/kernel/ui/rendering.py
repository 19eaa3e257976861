"""How form widgets become HTML: as Django's templates say, but selects without a template for every option."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

SELECT: Final = "django/forms/widgets/select.html"
OPTION: Final = "django/forms/widgets/select_option.html"


class QuickSelects(DjangoTemplates):
    """Writes a select as Django's own template would, letter by letter.

    A list's filters hold a hundred options; with two templates for each, they took half of the time of the whole page.
    """

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        if template_name == SELECT and _is_plain(context["widget"]):
            return _select(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308


def _is_plain(widget: Mapping[str, Any]) -> bool:
    return all(
        option["template_name"] == OPTION for _name, options, _index in widget["optgroups"] for option in options
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return format_html('<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget), mark_safe(groups))  # noqa: S308


def _group(name: str | None, options: Iterable[Mapping[str, Any]]) -> str:
    listed = "".join(f"\n  {_option(option)}" for option in options)
    if not name:
        return listed
    return f'\n  <optgroup label="{conditional_escape(name)}">{listed}\n  </optgroup>'


def _option(option: Mapping[str, Any]) -> str:
    value, label = conditional_escape(str(option["value"])), conditional_escape(option["label"])
    return f'<option value="{value}"{_attributes(option)}>{label}</option>\n'


def _attributes(widget: Mapping[str, Any]) -> SafeString:
    """False leaves an attribute out, True writes its bare name."""
    given = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    parts = (
        f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(str(value))}"')
        for name, value in given
    )
    return mark_safe("".join(parts))  # noqa: S308
