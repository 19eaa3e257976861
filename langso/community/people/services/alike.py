"""Putting records that may be the same person into the queue."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from langso.community.people.models import DuplicatePair, Person
from langso.community.people.queries.alike import likened
from langso.community.people.rules.likeness import Likened, alike_key, grounds_of, weight_of
from langso.kernel import clock
from langso.kernel.ids import new_id


def suggest_pairs(persons: Sequence[Person], *, others: Sequence[Likened]) -> int:
    """Put pairs of these records and like ones into the queue; returns how many are new. Decided pairs stay decided.

    `others` are what `alike_to` finds for them: asked before many are stored, or each would be found once more.
    """
    asked = [likened(person) for person in persons]
    ids = {each.id for each in asked}
    everybody = {each.id: each for each in others} | {each.id: each for each in asked}
    now = clock.now()
    pairs: dict[tuple[UUID, UUID], DuplicatePair] = {}
    for first, second in _compared(everybody.values(), ids):
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


def _compared(everybody: Iterable[Likened], asked: set[UUID]) -> Iterator[tuple[Likened, Likened]]:
    """Each pair of one asked about and another record with which it shares something, once, the older record first."""
    met: set[tuple[UUID, UUID]] = set()
    for block in _blocks(everybody):
        for one in block:
            if one.id not in asked:
                continue
            for other in block:
                first, second = (one, other) if one.id < other.id else (other, one)
                pair = (first.id, second.id)
                if one is not other and pair not in met:
                    met.add(pair)
                    yield first, second


def _blocks(everybody: Iterable[Likened]) -> Iterable[list[Likened]]:
    """Records that share a name, a birth date, a phone or a household: few, where all pairs would be millions."""
    blocks: dict[tuple[str, object], list[Likened]] = {}
    for each in everybody:
        for kind, value in (
            ("name", alike_key(each.folded_name, each.birth_year)),
            ("date", each.birth_date),
            ("phone", each.phone),
            ("household", each.household_id),
            ("number", each.personal_number),
        ):
            if value:
                blocks.setdefault((kind, value), []).append(each)
    return blocks.values()


def _keep_pairs(pairs: dict[tuple[UUID, UUID], DuplicatePair]) -> int:
    if not pairs:
        return 0
    known = set(
        DuplicatePair.objects.filter(first__in={first for first, _ in pairs}).values_list("first_id", "second_id")
    )
    new = [pair for key, pair in pairs.items() if key not in known]
    DuplicatePair.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
