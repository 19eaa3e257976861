"""Facts about places. Villages are public; who entered them is not."""

from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class EndedUnit:
    """A commune that ends: its code and its first day name it."""

    code: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class BegunUnit:
    """A commune that begins. `kind`: COMMUNE, WARD, SPECIAL_ZONE."""

    code: str
    kind: str
    name: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class PlaceTaken:
    """What took a commune's place: the whole of it, or one of several parts. `likeliest` may be shown first."""

    former_code: str
    former_from: date
    code: str
    valid_from: date
    whole: bool
    likeliest: bool


@event(version=1, reach=Reach.COMMUNES)
class UnitsChanged:
    """By law, communes of a province end and begin on a day; the whole change in one."""

    change_id: UUID
    province_code: str
    legal_basis: str
    from_date: date
    ended: tuple[EndedUnit, ...]
    begun: tuple[BegunUnit, ...]
    places: tuple[PlaceTaken, ...]


@event(version=1, reach=Reach.COMMUNES)
class UnitsChangeWithdrawn:
    """A change that was recorded wrongly is taken back: the units stand as before."""

    change_id: UUID
    reason: str


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
