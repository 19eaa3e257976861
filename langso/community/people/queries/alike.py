"""Finding records that may be the same person."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from langso.community.people import access
from langso.community.people.models import Person
from langso.community.people.queries.cards import PersonCard, card_of, household_with_code
from langso.community.people.rules.codes import Ground
from langso.community.people.rules.details import PersonDetails
from langso.community.people.rules.likeness import Likened, alike_key, grounds_of, weight_of
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.any_of import sharing
from langso.kernel.text import fold

NEW = UUID(int=0)
"""The id under which details that are not stored yet are compared."""

MOST = 10

COLUMNS = (
    "id",
    "name",
    "folded_name",
    "sex",
    "birth_date",
    "birth_year",
    "personal_number",
    "phone",
    "household_id",
    "household__village_id",
)
"""The fields of `Likened`, in their order."""


@dataclass(frozen=True, slots=True)
class AlikeRecord:
    """A record like the one asked about, why, and how strongly (0 to 100)."""

    id: UUID
    grounds: tuple[Ground, ...]
    weight: int


def likened(person: Person) -> Likened:
    """The record as the rule looks at it; reads the household."""
    return Likened(
        id=person.pk,
        name=person.name,
        folded_name=person.folded_name,
        sex=person.sex,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        personal_number=person.personal_number,
        phone=person.phone,
        household_id=person.household_id,
        village_id=person.household.village_id if person.household else None,
    )


def alike_records(details: PersonDetails, *, household_id: UUID | None, village_id: UUID | None) -> list[AlikeRecord]:
    """Records of the commune that may be the person of these (tidied) details, the likest first."""
    asked = Likened(
        id=NEW,
        name=details.name,
        folded_name=fold(details.name),
        sex=details.sex,
        birth_date=details.birth_date,
        birth_year=details.birth_year,
        personal_number=details.personal_number,
        phone=details.phone,
        household_id=household_id,
        village_id=village_id,
    )
    found = []
    for candidate in candidates([asked]):
        grounds = grounds_of(asked, candidate)
        if grounds:
            found.append(AlikeRecord(candidate.id, grounds, weight_of(grounds)))
    return sorted(found, key=lambda record: -record.weight)[:MOST]


def alike_to(persons: Sequence[Person]) -> list[Likened]:
    """Stored records that may be like these, which need not be stored yet."""
    return candidates([likened(person) for person in persons])


def candidates(asked: Sequence[Likened]) -> list[Likened]:
    """Records that share with one asked about what every ground needs: name and year, birth date, phone, household."""
    wanted: dict[str, set[object]] = {
        "alike_key": {alike_key(each.folded_name, each.birth_year) for each in asked},
        "birth_date": {each.birth_date for each in asked if each.birth_date},
        "phone": {each.phone for each in asked if each.phone},
        "personal_number": {each.personal_number for each in asked if each.personal_number},
        "household__id": {each.household_id for each in asked if each.household_id},
    }
    rows = Person.objects.all().known().order_by().values_list(*COLUMNS)
    return [Likened(*row) for row in sharing(rows, wanted)]


def people_alike(actor: Actor, *, details: PersonDetails, household_code: str = "") -> list[PersonCard]:
    """Cards of the records that may already be this person, the likest first. Raises `NotAllowed`, `SignInNeeded`."""
    require(access.can_search_register(actor), actor)
    home = household_with_code(actor, code=household_code) if household_code else None
    found = alike_records(details, household_id=home.id if home else None, village_id=home.village_id if home else None)
    rows = Person.objects.select_related("household__village").in_bulk([record.id for record in found])
    return [card_of(rows[record.id]) for record in found]
