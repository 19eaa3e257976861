"""Finding records that may be the same person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from django.db.models import Q

from langso.community.people.models import DuplicatePair, Person
from langso.community.people.rules.codes import Ground
from langso.community.people.rules.details import PersonDetails
from langso.community.people.rules.likeness import Likened, grounds_of, weight_of
from langso.kernel import clock
from langso.kernel.ids import new_id
from langso.kernel.text import fold

NEW = UUID(int=0)
"""The id under which details that are not stored yet are compared."""

MOST = 10


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
    for candidate in _candidates([asked]):
        grounds = grounds_of(asked, likened(candidate))
        if grounds:
            found.append(AlikeRecord(candidate.pk, grounds, weight_of(grounds)))
    return sorted(found, key=lambda record: -record.weight)[:MOST]


def _candidates(asked: Sequence[Likened]) -> Iterable[Person]:
    """Records that share with one of those asked about what every ground needs: name, birth date, phone or
    household."""
    shares = Q(folded_name__in={each.folded_name for each in asked})
    if dates := {each.birth_date for each in asked if each.birth_date}:
        shares |= Q(birth_date__in=dates)
    if phones := {each.phone for each in asked if each.phone}:
        shares |= Q(phone__in=phones)
    if numbers := {each.personal_number for each in asked if each.personal_number}:
        shares |= Q(personal_number__in=numbers)
    if households := {each.household_id for each in asked if each.household_id}:
        shares |= Q(household__in=households)
    return Person.objects.all().known().filter(shares).select_related("household")


def suggest_pairs(persons: Sequence[Person]) -> int:
    """Put pairs of these records and like ones into the queue; returns how many are new. Decided pairs stay decided."""
    asked = [likened(person) for person in persons]
    if not asked:
        return 0
    ids = {each.id for each in asked}
    everybody = {person.pk: likened(person) for person in _candidates(asked)} | {each.id: each for each in asked}
    now = clock.now()
    pairs: dict[tuple[UUID, UUID], DuplicatePair] = {}
    for one, other in _blocked(everybody.values()):
        first, second = sorted((one, other), key=lambda each: each.id.int)
        if (first.id, second.id) in pairs or not ids & {first.id, second.id}:
            continue
        grounds = grounds_of(first, second)
        if grounds:
            pairs[first.id, second.id] = DuplicatePair(
                id=new_id(),
                first_id=first.id,
                second_id=second.id,
                grounds=[ground.value for ground in grounds],
                weight=weight_of(grounds),
                found_at=now,
            )
    return _keep_pairs(pairs)


def _blocked(everybody: Iterable[Likened]) -> Iterable[tuple[Likened, Likened]]:
    """Pairs that share a name, a birth date, a phone or a household: few, where all pairs would be millions."""
    blocks: dict[tuple[str, object], list[Likened]] = {}
    for each in everybody:
        for kind, value in (
            ("name", each.folded_name),
            ("date", each.birth_date),
            ("phone", each.phone),
            ("household", each.household_id),
            ("number", each.personal_number),
        ):
            if value:
                blocks.setdefault((kind, value), []).append(each)
    for block in blocks.values():
        yield from combinations(block, 2)


def _keep_pairs(pairs: dict[tuple[UUID, UUID], DuplicatePair]) -> int:
    if not pairs:
        return 0
    known = set(
        DuplicatePair.objects.filter(first__in={first for first, _ in pairs}).values_list("first_id", "second_id")
    )
    new = [pair for key, pair in pairs.items() if key not in known]
    DuplicatePair.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
