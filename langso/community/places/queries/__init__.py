"""Reads of places: frozen dataclasses out."""

from langso.community.places.queries.units import UnitCard, commune_card, communes_of, province_card, provinces
from langso.community.places.queries.villages import VillageCard, village_card, village_choices, villages

__all__ = [
    "UnitCard",
    "VillageCard",
    "commune_card",
    "communes_of",
    "province_card",
    "provinces",
    "village_card",
    "village_choices",
    "villages",
]
