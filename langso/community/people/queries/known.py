"""What the register knows already, read at once for a batch of an import; and the register as rows of a file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from langso.community.people import access
from langso.community.people.models import Household, HouseholdStatus, Person
from langso.community.people.rules.codes import Relation, Sex
from langso.community.people.rules.details import PersonDetails
from langso.community.people.texts import CLASSES, DISABILITIES, ETHNICITY_NAMES, RELATIONS, SEXES
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.any_of import sharing
from langso.kernel.phones import phone_on_screen
from langso.kernel.text import fold


@dataclass(frozen=True, slots=True)
class KnownHousehold:
    """`head` is the head's name, empty when nobody lives there; `kinds` is what it counts as now."""

    id: UUID
    code: str
    village_id: UUID
    village: str
    head: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record of the register and where it lives."""

    id: UUID
    household_code: str
    details: PersonDetails

    def differing(self, details: PersonDetails, code: str) -> list[str]:
        """Fields of which the row says something else. What the row does not say differs from nothing."""
        unknown = ("", None, Sex.UNKNOWN)
        said = [field.name for field in fields(PersonDetails) if getattr(details, field.name) not in unknown]
        differ = [name for name in said if getattr(details, name) != getattr(self.details, name)]
        return differ if code == self.household_code else [*differ, "household"]


@dataclass(frozen=True, slots=True)
class Register:
    """Part of the register, by household code and by what makes a person the same."""

    households: dict[str, KnownHousehold]
    by_number: dict[str, KnownRecord]
    by_name: dict[tuple[str, str], list[KnownRecord]]

    def household(self, code: str) -> KnownHousehold | None:
        return self.households.get(code)

    def same_person(self, details: PersonDetails, code: str) -> KnownRecord | None:
        """The record with this personal number; or with this name and birth in this household, unless numbers
        differ."""
        if details.personal_number and (found := self.by_number.get(details.personal_number)):
            return found
        for record in self.by_name.get((code, fold(details.name)), []):
            if _same_birth(record.details, details) and not _two_numbers(record.details, details):
                return record
        return None


def _same_birth(one: PersonDetails, other: PersonDetails) -> bool:
    if one.birth_date and other.birth_date:
        return one.birth_date == other.birth_date
    return one.birth_year == other.birth_year


def _two_numbers(one: PersonDetails, other: PersonDetails) -> bool:
    return bool(one.personal_number and other.personal_number)


_COLUMNS = ("id", "household_id", "household__code", "relation", *(field.name for field in fields(PersonDetails)))
"""Values and no objects: an import asks for thousands of records, and looks at nothing else of them."""


def known_register(actor: Actor, *, codes: Collection[str], numbers: Collection[str]) -> Register:
    """What is known of these households and personal numbers, in four queries. Raises `NotAllowed`, `SignInNeeded`."""
    require(access.can_change_register(actor), actor)
    households = {row.pk: row for row in Household.objects.filter(code__in=codes).select_related("village")}
    rows = Person.objects.all().known().order_by().values(*_COLUMNS)
    people = list(sharing(rows, {"household__id": set(households), "personal_number": numbers}))
    heads = {person["household_id"]: person["name"] for person in people if person["relation"] == Relation.HEAD}
    kinds: dict[UUID, set[str]] = {}
    for pk, kind in HouseholdStatus.objects.filter(household__in=households, to_date=None).values_list(
        "household", "kind"
    ):
        kinds.setdefault(pk, set()).add(kind)
    records = [_record(person) for person in people]
    by_name: dict[tuple[str, str], list[KnownRecord]] = {}
    for record in records:
        by_name.setdefault((record.household_code, fold(record.details.name)), []).append(record)
    return Register(
        households={
            row.code: KnownHousehold(
                row.pk,
                row.code,
                row.village_id,
                row.village.name,
                heads.get(row.pk, ""),
                frozenset(kinds.get(row.pk, ())),
            )
            for row in households.values()
        },
        by_number={record.details.personal_number: record for record in records if record.details.personal_number},
        by_name=by_name,
    )


def _record(person: Mapping[str, Any]) -> KnownRecord:
    details = {field.name: person[field.name] for field in fields(PersonDetails)}
    details["sex"] = Sex(person["sex"])
    return KnownRecord(person["id"], person["household__code"] or "", PersonDetails(**details))


def register_rows(actor: Actor) -> list[tuple[UUID, dict[str, str]]]:
    """Everybody who lives here, as the importer's fields, household by household, heads first.

    Raises `NotAllowed`, `SignInNeeded`. Whoever hands the rows out writes that down.
    """
    require(access.can_export_register(actor), actor)
    kinds: dict[UUID, str] = {}
    for pk, kind in HouseholdStatus.objects.filter(to_date=None).values_list("household", "kind"):
        kinds[pk] = kind
    people = Person.objects.all().living_here().select_related("household__village")
    rows = [(person, _row(person, kinds)) for person in people.order_by("household__code", "birth_year", "sort_name")]
    rows.sort(key=lambda each: (each[1]["household_code"], each[0].relation != Relation.HEAD))
    return [(person.pk, row) for person, row in rows]


def _row(person: Person, kinds: dict[UUID, str]) -> dict[str, str]:
    home = person.household
    birth = person.birth_date.strftime("%d/%m/%Y") if person.birth_date else str(person.birth_year or "")
    is_head = person.relation == Relation.HEAD
    return {
        "household_code": home.code if home else "",
        "village": home.village.name if home else "",
        "address": home.address if home else "",
        "name": person.name,
        "relation": str(RELATIONS[person.relation]),
        "sex": str(SEXES[person.sex]),
        "birth": birth,
        "ethnicity": str(ETHNICITY_NAMES.get(person.ethnicity, "")),
        "personal_number": person.personal_number,
        "phone": phone_on_screen(person.phone),
        "disability": str(DISABILITIES[person.disability]) if person.disability else "",
        "household_class": str(CLASSES[kinds[home.pk]]) if is_head and home and home.pk in kinds else "",
    }
