"""Whole records, for `services.open_record` and the resident's own pages. Whoever shows one to staff writes it down."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from langso.community.people.models import Headship, Household, HouseholdStatus, Merge, Person, Residence
from langso.community.people.queries.cards import (
    HouseholdCard,
    PersonCard,
    card_of,
    household_card_of,
    household_members,
)
from langso.community.people.queries.visits import Visit, visits_to
from langso.community.people.rules.dates import Birth, age
from langso.community.people.rules.personal_number import masked


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody lived in a household. `from_date` None: nobody wrote down since when; `to_date` None: still there."""

    person_id: UUID
    person: str
    household_id: UUID
    household_code: str
    village: str
    from_date: date | None
    to_date: date | None
    came_by: str
    came_from: str
    came_because: str
    left_by: str
    left_for: str
    left_because: str


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A record that was merged into this one. `can_be_undone`: no later merge stands in the way."""

    id: UUID
    merged_name: str
    decided_at: datetime
    decided_by: str
    reason: str
    undone_at: datetime | None
    undone_by: str
    can_be_undone: bool


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """All that the register holds of a person. `personal_number` is masked unless the number itself was asked for."""

    card: PersonCard
    version: int
    birth_date: date | None
    birth_year: int | None
    age: int | None
    ethnicity: str
    personal_number: str
    has_number: bool
    phone: str
    disability: str
    address: str
    death_date: date | None
    registered_at: datetime
    changed_at: datetime
    stays: tuple[Stay, ...]
    merges: tuple[MergeLine, ...]

    @property
    def id(self) -> UUID:
        return self.card.id

    @property
    def name(self) -> str:
        return self.card.name


@dataclass(frozen=True, slots=True)
class ClassLine:
    kind: str
    from_date: date
    to_date: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class HeadLine:
    person_id: UUID
    person: str
    from_date: date | None
    to_date: date | None


@dataclass(frozen=True, slots=True)
class HouseholdRecord:
    """A household with who lives and lived there, who headed it, what it counted as, who visited it."""

    card: HouseholdCard
    version: int
    formed_date: date | None
    closed_date: date | None
    split_from_id: UUID | None
    split_from: str
    members: tuple[PersonCard, ...]
    stays: tuple[Stay, ...]
    heads: tuple[HeadLine, ...]
    classes: tuple[ClassLine, ...]
    visits: tuple[Visit, ...]

    @property
    def id(self) -> UUID:
        return self.card.id

    @property
    def classes_now(self) -> tuple[str, ...]:
        return tuple(line.kind for line in self.classes if line.to_date is None)

    @property
    def person_ids(self) -> tuple[UUID, ...]:
        """Everybody whom the page names."""
        named = [member.id for member in self.members] + [stay.person_id for stay in self.stays]
        return tuple(dict.fromkeys(named + [head.person_id for head in self.heads]))


def record_of(person: Person, *, today: date, with_number: bool = False) -> PersonRecord:
    """The whole record of a row that was read with its household and village."""
    number = person.personal_number
    return PersonRecord(
        card=card_of(person),
        version=person.version,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        age=age(Birth(person.birth_date, person.birth_year), today=person.death_date or today),
        ethnicity=person.ethnicity,
        personal_number=number if with_number else masked(number),
        has_number=bool(number),
        phone=person.phone,
        disability=person.disability,
        address=person.household.address if person.household else "",
        death_date=person.death_date,
        registered_at=person.registered_at,
        changed_at=person.changed_at,
        stays=_stays(Q(person=person) | Q(person__in=absorbed_ids(person.pk))),
        merges=_merges(person),
    )


def absorbed_ids(person_id: UUID) -> list[UUID]:
    """Ids of all records that were merged into this one, and into those."""
    found: list[UUID] = []
    layer = [person_id]
    while layer:
        layer = list(Person.objects.filter(merged_into__in=layer).values_list("pk", flat=True))
        found += layer
    return found


def household_record_of(household: Household) -> HouseholdRecord:
    """The whole record of a row that was read with its village."""
    heads = Headship.objects.filter(household=household).select_related("person").order_by("to_date", "pk")
    classes = HouseholdStatus.objects.filter(household=household).order_by("-from_date", "-pk")
    return HouseholdRecord(
        card=household_card_of(household),
        version=household.version,
        formed_date=household.formed_date,
        closed_date=household.closed_date,
        split_from_id=household.split_from_id,
        split_from=household.split_from.code if household.split_from else "",
        members=tuple(household_members(household.pk)),
        stays=_stays(Q(household=household)),
        heads=tuple(HeadLine(row.person_id, row.person.name, row.from_date, row.to_date) for row in heads),
        classes=tuple(ClassLine(row.kind, row.from_date, row.to_date, row.decision) for row in classes),
        visits=visits_to(household.pk),
    )


def _stays(which: Q) -> tuple[Stay, ...]:
    """Newest first; what began before anybody wrote it down stands last."""
    rows = Residence.objects.filter(which).select_related("person", "household__village")
    stays = [
        Stay(
            person_id=row.person_id,
            person=row.person.name,
            household_id=row.household_id,
            household_code=row.household.code,
            village=row.household.village.name,
            from_date=row.from_date,
            to_date=row.to_date,
            came_by=row.came_by,
            came_from=row.came_from,
            came_because=row.came_because,
            left_by=row.left_by,
            left_for=row.left_for,
            left_because=row.left_because,
        )
        for row in rows
    ]
    return tuple(sorted(stays, key=lambda stay: (stay.to_date or date.max, stay.from_date or date.min), reverse=True))


def _merges(person: Person) -> tuple[MergeLine, ...]:
    rows = list(Merge.objects.filter(kept=person).select_related("merged").order_by("-decided_at", "-pk"))
    standing = [row.pk for row in rows if row.undone_at is None]
    return tuple(
        MergeLine(
            id=row.pk,
            merged_name=row.merged.name,
            decided_at=row.decided_at,
            decided_by=row.decided_by_name,
            reason=row.reason,
            undone_at=row.undone_at,
            undone_by=row.undone_by_name,
            can_be_undone=standing[:1] == [row.pk],
        )
        for row in rows
    )
