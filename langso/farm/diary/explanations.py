"""Concerns in words: each rule's code as a sentence that a grower and a buyer understand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from langso.farm.diary import rules
from langso.farm.diary.measures import NAMES
from langso.farm.diary.models import HazardSubject
from langso.kernel.errors import Text

SENTENCES: Final[Mapping[str, Text]] = {
    rules.HARVEST_TOO_EARLY: _(
        "Harvested on %(harvest)s, %(waited)s days after %(input)s (%(work)s). It must wait %(interval)s days."
    ),
    rules.INTERVAL_UNKNOWN: _("Nobody wrote how long to wait after %(input)s (%(date)s) before harvesting."),
    rules.INPUT_UNKNOWN: _("Nobody wrote which product was used on %(date)s, nor how long to wait before harvesting."),
    rules.INPUT_NOT_LISTED: _("%(input)s (%(date)s) is not on the list of allowed products."),
    rules.INPUT_NOT_ALLOWED: _("%(input)s was not allowed on %(date)s."),
    rules.INPUT_NOT_ORGANIC: _("%(input)s (%(date)s) is not allowed in organic growing."),
    rules.INPUT_EXPIRED: _("%(input)s was used on %(date)s. It had expired on %(expiry)s."),
    rules.DOSE_OVER_LIMIT: _(
        "%(input)s (%(date)s): %(dose)s %(unit)s per hectare. The most allowed is %(limit)s %(unit)s."
    ),
    rules.BACKDATED: _("Done on %(date)s, written down only on %(recorded)s."),
    rules.OUTSIDE_SEASON: _("%(date)s is outside this season, which began on %(start)s."),
    rules.YIELD_IMPLAUSIBLE: _("%(total)s kg from %(area)s m² is more than such land can give (%(most)s kg per m²)."),
    rules.HAZARD_FOUND: _("A risk was found (%(subject)s, %(date)s) and nothing is written about what was done."),
}

_DATES: Final = frozenset({"date", "work", "harvest", "expiry", "recorded", "start"})
_NUMBERS: Final = frozenset({"dose", "limit", "total", "area", "most"})


def explain(code: str, facts: Mapping[str, str]) -> str:
    """The sentence of a concern in the active language."""
    return str(SENTENCES[code]) % {name: _shown(name, value) for name, value in facts.items()}


def day(value: date) -> str:
    """A date as people write it in Viet Nam, in both languages: 21/11/2026."""
    return f"{value:%d/%m/%Y}"


def _shown(name: str, value: str) -> str:
    if name in _DATES:
        return day(date.fromisoformat(value))
    if name in _NUMBERS:
        return grouped(value)
    if name == "subject":
        return str(HazardSubject(value).label)
    return str(NAMES[value]) if name == "unit" else value


def grouped(number: str) -> str:
    """`12500.50` as 12.500,5 in Vietnamese and 12,500.5 in English."""
    whole, _point, fraction = number.partition(".")
    fraction = fraction.rstrip("0")
    return number_format(Decimal(f"{whole}.{fraction}" if fraction else whole), force_grouping=True)
