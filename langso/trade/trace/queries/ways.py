"""Where a lot came from and where it went: walks over the acts that turned lots into lots, to any depth.

Each step is one query for a whole generation. A lot that is met again is not walked again, so a fault in the data
cannot make a walk endless.
"""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from langso.trade.trace.models import Lot, Taken

Step = Callable[[Collection[UUID]], Iterable[UUID]]


def parent_ids(lot_ids: Collection[UUID]) -> set[UUID]:
    """All lots from which these were directly made."""
    return set(Taken.objects.filter(transformation__outputs__in=lot_ids).values_list("lot_id", flat=True))


def child_ids(lot_ids: Collection[UUID]) -> set[UUID]:
    """All lots that were directly made from these."""
    return set(Lot.objects.filter(made_by__inputs__lot__in=lot_ids).values_list("pk", flat=True))


def ancestors(lot_id: UUID) -> list[UUID]:
    """Every lot that went into this one, however far back, nearest generation first."""
    return _walk(lot_id, parent_ids)


def descendants(lot_id: UUID) -> list[UUID]:
    """Every lot into which this one went, however far on, nearest generation first."""
    return _walk(lot_id, child_ids)


def _walk(start: UUID, step: Step) -> list[UUID]:
    met, found, generation = {start}, list[UUID](), {start}
    while generation:
        generation = set(step(generation)) - met
        met |= generation
        found += sorted(generation)
    return found
