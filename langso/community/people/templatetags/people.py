"""`{% load people %}`: the register's codes as words, and its histories as items of a timeline."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import template
from django.utils.translation import gettext as _

from langso.community.people.queries import AccessLine, AccessPage, HouseholdRecord, PersonRecord, Stay, Visit
from langso.community.people.texts import (
    CAME_BY,
    CLASSES,
    DISABILITIES,
    ETHNICITY_NAMES,
    LEFT_BY,
    RELATIONS,
    SEXES,
)
from langso.kernel.errors import Text
from langso.kernel.phones import phone_on_screen

register = template.Library()


@register.filter
def relation_name(code: str) -> Text:
    return RELATIONS.get(code, "")


@register.filter
def sex_name(code: str) -> Text:
    return SEXES.get(code, code)


@register.filter
def ethnicity_name(code: str) -> Text:
    return ETHNICITY_NAMES.get(code, "")


@register.filter
def disability_name(code: str) -> Text:
    return DISABILITIES.get(code, code)


@register.filter
def class_name(code: str) -> Text:
    return CLASSES.get(code, code)


@register.filter
def phone(number: str) -> str:
    return phone_on_screen(number)


@register.filter
def with_person(url: str, person_id: UUID) -> str:
    return f"{url}?{urlencode({'person_id': person_id})}"


@register.filter
def with_household(url: str, code: str) -> str:
    return f"{url}?{urlencode({'household': code})}"


@register.filter
def page_before(log: AccessPage) -> str:
    return f"?page={log.page - 1}"


@register.filter
def page_after(log: AccessPage) -> str:
    return f"?page={log.page + 1}"


@register.filter
def person_stays(record: PersonRecord) -> list[dict[str, Any]]:
    """Where a person lived, newest first."""
    return [_stay(stay, f"{stay.household_code}, {stay.village}") for stay in record.stays]


@register.filter
def household_stays(record: HouseholdRecord) -> list[dict[str, Any]]:
    """Who lived in a household, newest first."""
    return [_stay(stay, stay.person) for stay in record.stays]


@register.filter
def heads(record: HouseholdRecord) -> list[dict[str, Any]]:
    """Who headed a household, newest first."""
    lines = sorted(record.heads, key=lambda line: line.to_date or date.max, reverse=True)
    return [{"title": line.person, "text": span(line.from_date, line.to_date), "icon": "user-check"} for line in lines]


@register.filter
def classes(record: HouseholdRecord) -> list[dict[str, Any]]:
    """What a household counted as, newest first."""
    return [
        {"title": CLASSES.get(line.kind, line.kind), "text": _joined(span(line.from_date, line.to_date), line.decision)}
        for line in record.classes
    ]


@register.filter
def access_lines(lines: Iterable[AccessLine]) -> list[dict[str, Any]]:
    """Who looked, as a timeline."""
    return [_access(line) for line in lines]


def _access(line: AccessLine) -> dict[str, Any]:
    who = _joined(line.name, str(line.role), line.organisation)
    how = [str(line.way)] + ([_("personal number shown")] if line.saw_number else [])
    return {
        "at": line.at,
        "title": who,
        "text": f"{line.purpose} ({', '.join(how)})" + (f": “{line.remark}”" if line.remark else ""),
        "icon": "eye",
    }


def _stay(stay: Stay, title: str) -> dict[str, Any]:
    came = _joined(str(CAME_BY.get(stay.came_by, "")), stay.came_from, stay.came_because)
    left = _joined(str(LEFT_BY.get(stay.left_by, "")), stay.left_for, stay.left_because) if stay.to_date else ""
    return {"title": title, "text": " · ".join(part for part in (_days(stay), came, left) if part), "icon": "house"}


def _days(stay: Stay) -> str:
    return span(stay.from_date, stay.to_date)


def span(start: date | None, end: date | None) -> str:
    """A time in words: since, until, or both; nothing known stands as such."""
    first, last = (day.strftime("%d/%m/%Y") if day else "" for day in (start, end))
    if first and last:
        return f"{first} – {last}"
    if first:
        return _("since %(day)s") % {"day": first}
    return _("until %(day)s") % {"day": last} if last else _("nobody wrote down since when")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


@register.filter
def visit_lines(visits: Iterable[Visit]) -> list[dict[str, Any]]:
    """Visits as a timeline: which household, why, what was seen, who went."""
    return [
        {
            "at": visit.visit_date,
            "title": f"{visit.household_code}: {visit.purpose}",
            "text": visit.remark,
            "by": visit.by,
            "icon": "map-pin",
        }
        for visit in visits
    ]
