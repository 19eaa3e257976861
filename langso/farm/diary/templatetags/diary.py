"""`{% load diary %}`: the parts of the diary's pages."""

from django import template

register = template.Library()


@register.inclusion_tag("diary/parts/lines.html")
def diary_lines(lines: object) -> dict[str, object]:
    """Entries as a timeline; struck ones are crossed out."""
    return {"lines": lines}


@register.inclusion_tag("diary/parts/buttons.html")
def work_buttons(buttons: object) -> dict[str, object]:
    """The picture buttons of a season: each leads to the form of one work."""
    return {"buttons": buttons}


@register.inclusion_tag("diary/parts/wait.html")
def wait_notice(wait: object) -> dict[str, object]:
    """How long to wait with the harvest, if at all."""
    return {"wait": wait}


@register.inclusion_tag("diary/parts/fold.html")
def fold(form: object, title: str) -> dict[str, object]:
    """The fields that are rarely needed, behind one line."""
    return {"form": form, "title": title}
