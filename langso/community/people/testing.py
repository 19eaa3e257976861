"""Builders of persons and households for tests, the demo commune and other domains' tests."""

import itertools
from datetime import date
from uuid import UUID

from langso.community.people import services
from langso.community.people.rules.codes import CameBy, HouseholdClass, Relation, Sex
from langso.community.people.services import Arrival, PersonDetails
from langso.community.places import queries as places
from langso.community.places.testing import make_village
from langso.kernel.access.actors import Actor, system
from langso.kernel.access.scope import open_commune

_numbers = itertools.count(1)

FAMILIES = ("Lò", "Vàng", "Lý", "Tẩn", "Giàng", "Nguyễn", "Trần", "Hoàng", "Phàn", "Lù")
GIVEN = ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khánh", "Lan", "Minh", "Oanh", "Phúc", "Quế", "Sơn", "Tú", "Yến")


def made_up_name(number: int, sex: str = "MALE") -> str:
    """A name that nobody chose: the same number and sex give the same name."""
    middle = "Thị" if sex == "FEMALE" else "Văn"
    return f"{FAMILIES[number % len(FAMILIES)]} {middle} {GIVEN[number // len(FAMILIES) % len(GIVEN)]}"


def make_household(*, village_id: UUID | None = None, code: str | None = None, address: str = "") -> UUID:
    """A household in which nobody lives yet, in the given village or one of the commune."""
    if village_id is None:
        standing = places.villages(_system())
        village_id = standing[0].id if standing else make_village()
    return services.form_household(_system(), village_id=village_id, code=code or "", address=address)


def make_person(
    *,
    name: str | None = None,
    household_id: UUID | None = None,
    sex: str = "MALE",
    birth_date: date | None = date(1980, 5, 17),
    birth_year: int | None = None,
    phone: str = "",
    is_head: bool = False,
    relation: str = "",
    ethnicity: str = "",
    personal_number: str = "",
    disability: str = "",
    from_date: date | None = None,
) -> UUID:
    """A person who lives in the household, or in a new one of their own. The first one in a household is its head."""
    details = PersonDetails(
        name=name or made_up_name(next(_numbers), sex),
        sex=Sex(sex),
        birth_date=None if birth_year else birth_date,
        birth_year=birth_year,
        ethnicity=ethnicity,
        personal_number=personal_number,
        phone=phone,
        disability=disability,
    )
    return services.register_person(
        _system(),
        details=details,
        household_id=household_id or make_household(),
        relation=Relation.HEAD if is_head else Relation(relation or Relation.UNKNOWN),
        arrival=Arrival(CameBy.REGISTERED, from_date),
        is_somebody_else=not personal_number,
    )


def make_household_class(*, household_id: UUID, kind: str = "POOR", from_date: date = date(2026, 1, 1)) -> None:
    """Let a household count as poor or something else."""
    services.classify_household(_system(), household_id=household_id, kind=HouseholdClass(kind), from_date=from_date)


def _system() -> Actor:
    return system(open_commune())
