"""Reads of the register: frozen dataclasses out. Whole records are read through `services.open_record`."""

from langso.community.people.queries.accesses import AccessLine, AccessPage, access_log, own_access_log
from langso.community.people.queries.alike import AlikeRecord, people_alike
from langso.community.people.queries.cards import (
    HouseholdCard,
    PersonBrief,
    PersonCard,
    household_card,
    household_members,
    household_of,
    household_with_code,
    households_brief,
    people_brief,
    person_card,
    person_with_number,
    search_people,
)
from langso.community.people.queries.duplicates import PairCard, pair_card, pairs_of, waiting_pairs
from langso.community.people.queries.known import known_register, register_rows
from langso.community.people.queries.records import HouseholdRecord, PersonRecord, Stay
from langso.community.people.queries.visits import Visit, own_visits

__all__ = [
    "AccessLine",
    "AccessPage",
    "AlikeRecord",
    "HouseholdCard",
    "HouseholdRecord",
    "PairCard",
    "PersonBrief",
    "PersonCard",
    "PersonRecord",
    "Stay",
    "Visit",
    "access_log",
    "household_card",
    "household_members",
    "household_of",
    "household_with_code",
    "households_brief",
    "known_register",
    "own_access_log",
    "own_visits",
    "pair_card",
    "pairs_of",
    "people_alike",
    "people_brief",
    "person_card",
    "person_with_number",
    "register_rows",
    "search_people",
    "waiting_pairs",
]
