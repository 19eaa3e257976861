"""Reads of places: frozen dataclasses out."""

from langso.community.places.queries.addresses import (
    Finding,
    FormerUnit,
    OldAddress,
    Successor,
    successors_of,
    units_of_old_address,
)
from langso.community.places.queries.outlines import (
    LayerCard,
    OutlineDrawing,
    UnitShape,
    boundary_layers,
    commune_outline_svg,
    commune_shapes,
    province_shapes,
)
from langso.community.places.queries.units import (
    UnitCard,
    commune_card,
    communes_of,
    predecessors_of,
    province_card,
    provinces,
    unit_card,
)
from langso.community.places.queries.villages import (
    VillageCard,
    VillageChange,
    village_card,
    village_choices,
    village_history,
    villages,
)

__all__ = [
    "Finding",
    "FormerUnit",
    "LayerCard",
    "OldAddress",
    "OutlineDrawing",
    "Successor",
    "UnitCard",
    "UnitShape",
    "VillageCard",
    "VillageChange",
    "boundary_layers",
    "commune_card",
    "commune_outline_svg",
    "commune_shapes",
    "communes_of",
    "predecessors_of",
    "province_card",
    "province_shapes",
    "provinces",
    "successors_of",
    "unit_card",
    "units_of_old_address",
    "village_card",
    "village_choices",
    "village_history",
    "villages",
]
