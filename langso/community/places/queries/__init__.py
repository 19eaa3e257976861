"""Reads of places: frozen dataclasses out."""

from langso.community.places.queries.villages import VillageCard, village_card, village_choices, villages

__all__ = ["VillageCard", "village_card", "village_choices", "villages"]
