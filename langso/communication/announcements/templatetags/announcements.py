"""`{% load announcements %}`: notices on other pages."""

from collections.abc import Sequence

from django import template

from langso.communication.announcements.queries import NoticeCard
from langso.communication.announcements.texts import URGENCIES, URGENCY_LEVELS

register = template.Library()


@register.inclusion_tag("announcements/parts/notices.html")
def notice_rows(notices: Sequence[NoticeCard]) -> dict[str, object]:
    """One line for each: how urgent, what about, since when."""
    return {"rows": [(each, URGENCY_LEVELS[each.urgency], URGENCIES[each.urgency]) for each in notices]}
