"""Reads of the register: frozen dataclasses out. Whole records are read through `services.open_record`."""

from langso.community.people.queries.accesses import AccessLine, AccessPage, access_log, own_access_log
from langso.community.people.queries.cards import (
    HouseholdCard,
    PersonBrief,
    PersonCard,
    household_card,
    household_members,
    household_of,
    households_brief,
    people_brief,
    person_card,
    search_people,
)
from langso.community.people.queries.duplicates import PairCard, pair_card, waiting_pairs
from langso.community.people.queries.records import HouseholdRecord, PersonRecord, Stay

__all__ = [
    "AccessLine",
    "AccessPage",
    "HouseholdCard",
    "HouseholdRecord",
    "PairCard",
    "PersonBrief",
    "PersonCard",
    "PersonRecord",
    "Stay",
    "access_log",
    "household_card",
    "household_members",
    "household_of",
    "households_brief",
    "own_access_log",
    "pair_card",
    "people_brief",
    "person_card",
    "search_people",
    "waiting_pairs",
]
