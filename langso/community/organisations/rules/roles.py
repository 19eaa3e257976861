"""Which roles an organisation can give, and when two memberships are in each other's way."""

from datetime import date

from langso.kernel.access.actors import Role

PLAIN = ""
"""A member without a role of access."""

_STAFF = frozenset({PLAIN, Role.HELPER})
_MAKERS = frozenset({PLAIN, Role.COOPERATIVE_MANAGER, Role.INSPECTOR})

ROLES_OF_KIND: dict[str, frozenset[str]] = {
    "COMMUNE_OFFICE": _STAFF | {Role.OFFICER, Role.OPERATOR},
    "COOPERATIVE": _MAKERS,
    "UNION": _MAKERS | _STAFF,
    "BUSINESS": _MAKERS,
    "CLUBHOUSE": _STAFF,
    "SCHOOL": _STAFF,
    "HEALTH_STATION": _STAFF,
    "PROVINCE": frozenset({PLAIN, Role.PROVINCE_OFFICER, Role.OPERATOR}),
}
"""A role opens the records of the whole commune or province, so an office that has no such duty cannot give it."""

BUSINESS_KINDS = frozenset({"COOPERATIVE", "UNION", "BUSINESS"})
"""Organisations that sell and buy in their own name, with an account of their own."""


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two periods share a day. A period runs from its first day until the day before its second; None: open."""
    return (
        (one[1] is None or other[0] < one[1])
        and (other[1] is None or one[0] < other[1])
        and _days(one)
        and _days(other)
    )


def _days(period: tuple[date, date | None]) -> bool:
    return period[1] is None or period[0] < period[1]
