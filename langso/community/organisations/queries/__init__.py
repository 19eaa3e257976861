"""Reads of organisations: frozen dataclasses out."""

from langso.community.organisations.queries.members import (
    MemberCard,
    MembershipCard,
    acting_as,
    cooperatives_of,
    member_cards,
    member_person_ids,
    memberships_of,
)
from langso.community.organisations.queries.organisations import (
    OrganisationCard,
    organisation_card,
    organisation_cards,
    organisation_choices,
)

__all__ = [
    "MemberCard",
    "MembershipCard",
    "OrganisationCard",
    "acting_as",
    "cooperatives_of",
    "member_cards",
    "member_person_ids",
    "memberships_of",
    "organisation_card",
    "organisation_cards",
    "organisation_choices",
]
