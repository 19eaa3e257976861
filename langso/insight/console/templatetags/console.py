"""`{% load console %}`: the sign of a level on the map."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from langso.kernel.ui.icons import sprite_of
from langso.kernel.ui.templatetags.ui import LEVEL_ICONS

register = template.Library()


@register.simple_tag
def sign(level: str, radius: int) -> SafeString:
    """The shape that stands for a level everywhere, in the middle of a circle of the drawing."""
    name = LEVEL_ICONS[level]
    side = round(radius * 1.5)
    drawing = '<use href="{}#{}" x="{}" y="{}" width="{}" height="{}"></use>'
    return format_html(drawing, static(sprite_of(name)), name, -side / 2, -side / 2, side, side)
