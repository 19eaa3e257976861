"""Words for the pages of lots."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from langso.kernel.errors import Text
from langso.trade.trace.models import FIELD_NAMES, Lot, State
from langso.trade.trace.queries import FieldValue, LotPage
from langso.trade.trace.queries.quantities import quantity_text
from langso.trade.trace.rules.printing import grouped as in_groups

register = template.Library()

STATE_LEVELS = {
    State.RECORDED: "plain",
    State.ISSUED: "ok",
    State.SOLD_OUT: "info",
    State.WITHDRAWN: "danger",
}


@register.filter
def grouped(code: str) -> str:
    """A code in groups of four."""
    return in_groups(code)


@register.filter
def quantity(lot: Any) -> str:
    """How much a lot was at the start."""
    return quantity_text(lot.quantity, lot.unit)


@register.filter
def available(lot: Lot) -> str:
    return quantity_text(lot.available, lot.unit)  # type: ignore[arg-type]


@register.filter
def state_name(state: str) -> Text:
    return State(state).label


@register.filter
def state_level(state: str) -> str:
    return STATE_LEVELS[State(state)]


@register.filter
def field_name(field: FieldValue) -> Text:
    return FIELD_NAMES[field.field]


@register.filter
def key_facts(page: LotPage) -> Iterable[tuple[Text, Any]]:
    """The dates that a buyer looks for first."""
    yield (_("Harvested") if page.is_harvest else _("Made")), f"{page.produced_date:%d/%m/%Y}"
    if page.packed_date is not None:
        yield _("Packed"), f"{page.packed_date:%d/%m/%Y}"
    yield _("Best before"), f"{page.expiry_date:%d/%m/%Y}" if page.expiry_date else ""
    yield _("Place"), page.place_name


@register.filter
def diary_sentence(page: LotPage) -> str:
    """How much of the diary somebody else looked at."""
    return ngettext(
        "%(checked)d of %(told)d diary entry was checked by the cooperative.",
        "%(checked)d of %(told)d diary entries were checked by the cooperative.",
        page.steps_told,
    ) % {"checked": page.steps_checked, "told": page.steps_told}
