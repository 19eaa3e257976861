"""Writes of places."""

from langso.community.places.services.villages import (
    AlreadyMerged,
    BadVillageName,
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
    "BadVillageName",
    "NothingPasted",
    "SameVillage",
    "VillageExists",
    "enter_village",
    "enter_villages",
    "merge_village",
    "revise_village",
]
