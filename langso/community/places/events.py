"""Facts about places. Villages are public; who entered them is not."""

from datetime import date
from uuid import UUID

from langso.kernel.journal.events import Reach, event


@event(version=1, reach=Reach.PUBLIC)
class VillageEntered:
    village_id: UUID
    kind: str
    name: str
    order: int


@event(version=1, reach=Reach.PUBLIC)
class VillageRenamed:
    """`former_name` is what old papers say."""

    village_id: UUID
    kind: str
    name: str
    former_name: str


@event(version=1, reach=Reach.PUBLIC)
class VillageRevised:
    """Its place in the list or the note on its people changed; the name did not."""

    village_id: UUID
    order: int
    population_note: str


@event(version=1, reach=Reach.PUBLIC)
class VillageMerged:
    """The village became part of `into_id`. Whoever keeps things by village moves them there."""

    village_id: UUID
    name: str
    into_id: UUID
    into_name: str
    legal_basis: str


@event(version=1, reach=Reach.HERE)
class BoundariesImported:
    """A file of outlines took the place of the layer of that level. `province_code` is empty for the whole country."""

    level: str
    province_code: str
    version: str
    legal_basis: str
    valid_from: date
    unit_count: int
    file_name: str
    file_sha256: str
