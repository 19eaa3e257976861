"""Writes of places."""

from langso.community.places.services.outlines import (
    ArchipelagoMissing,
    BoundaryFile,
    ImportedLayer,
    NoSource,
    UnreadableBoundaries,
    WrongUnits,
    import_boundaries,
)
from langso.community.places.services.villages import (
    AlreadyMerged,
    BadVillageName,
    EnteredVillages,
    NothingPasted,
    SameVillage,
    VillageExists,
    enter_village,
    enter_villages,
    merge_village,
    revise_village,
)

__all__ = [
    "AlreadyMerged",
    "ArchipelagoMissing",
    "BadVillageName",
    "BoundaryFile",
    "EnteredVillages",
    "ImportedLayer",
    "NoSource",
    "NothingPasted",
    "SameVillage",
    "UnreadableBoundaries",
    "VillageExists",
    "WrongUnits",
    "enter_village",
    "enter_villages",
    "import_boundaries",
    "merge_village",
    "revise_village",
]
