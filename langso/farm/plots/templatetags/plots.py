"""`{% load plots %}`: kinds, standards and areas in words."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from langso.farm.plots.forms import KIND_ICONS
from langso.farm.plots.models import PlotKind, Standard, Unit
from langso.farm.plots.queries import PlotCard
from langso.farm.plots.rules import AreaUnit, from_m2
from langso.kernel.errors import Text

register = template.Library()


@register.filter
def kind_name(kind: str) -> Text:
    """FIELD in words."""
    return PlotKind(kind).label


@register.filter
def kind_icon(kind: str) -> str:
    """The picture of a kind of plot."""
    return KIND_ICONS[kind]


@register.filter
def standard_name(standard: str) -> Text:
    return Standard(standard).label


@register.filter
def number(value: Decimal) -> str:
    """12500.50 as 12.500,5 in Vietnamese and 12,500.5 in English."""
    whole, _point, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0")
    return number_format(Decimal(f"{whole}.{fraction}" if fraction else whole), force_grouping=True)


@register.simple_tag
def area(plot: PlotCard, sao: int) -> str:
    """The area as the household says it, and in m²: "3 sào (1.080 m²)"."""
    square_metres = _("%(area)s m²") % {"area": number(plot.area_m2)}
    if plot.area_unit == Unit.M2:
        return square_metres
    said = number(from_m2(plot.area_m2, AreaUnit(plot.area_unit), sao=sao))
    return f"{said} {Unit(plot.area_unit).label} ({square_metres})"
