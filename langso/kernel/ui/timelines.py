"""What happened as HTML, written directly: a lot's page tells of sixty things, and a template for each took half of
the page's time."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.html import conditional_escape
from django.utils.timezone import localtime

Icon = Callable[[str], str]


def timeline_item(item: Any, icon: Icon, level_icon: Icon) -> str:
    """One `<li>` with its mark, of an item as the tag `timeline` describes it. An unknown icon or level raises."""
    of = _reader(item)
    level = of("level") or "plain"
    mark = icon(of("icon") or level_icon(level))
    title = str(conditional_escape(of("title")))
    if url := of("url"):
        title = f'<a href="{conditional_escape(url)}">{title}</a>'
    told = f'<p class="timeline-title">{title}</p>' + _escaped("<p>{}</p>", of("text"))
    told += _escaped('<p class="by">{}</p>', of("by"))
    return f'<li class="{level}"><span class="timeline-mark">{mark}</span><div>{_time(of("at"))}{told}</div></li>'


def timeline_line(item: Any) -> str:
    """One `<li>` that tells the same in a single line, without a mark."""
    of = _reader(item)
    told = _escaped(" <strong>{}</strong>", of("title")) + _escaped(" {}", of("text"))
    told += _escaped(' <span class="soft">({})</span>', of("by"))
    return f"<li>{_time(of('at'))}{told}</li>"


def _reader(item: Any) -> Callable[[str], Any]:
    return item.get if isinstance(item, Mapping) else lambda name: getattr(item, name, None)


def _escaped(shape: str, text: Any) -> str:
    return shape.format(conditional_escape(text)) if text else ""


def _time(at: date | datetime | None) -> str:
    if at is None:
        return ""
    if isinstance(at, datetime):
        here = localtime(at)
        return f'<time datetime="{here.isoformat()}">{here:%d/%m/%Y %H:%M}</time>'
    return f'<time datetime="{at.isoformat()}">{at:%d/%m/%Y}</time>'
