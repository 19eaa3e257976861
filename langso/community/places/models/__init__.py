"""Tables of places: units of the state, villages of the commune, outlines from a file."""

from langso.community.places.models.changes import UnitChange
from langso.community.places.models.outlines import BoundaryLayer, Outline
from langso.community.places.models.units import AdminUnit, AdminUnitQuerySet, Kind, Level, Succession
from langso.community.places.models.villages import Village, VillageKind, VillageMerger, VillageQuerySet

__all__ = [
    "AdminUnit",
    "AdminUnitQuerySet",
    "BoundaryLayer",
    "Kind",
    "Level",
    "Outline",
    "Succession",
    "UnitChange",
    "Village",
    "VillageKind",
    "VillageMerger",
    "VillageQuerySet",
]
