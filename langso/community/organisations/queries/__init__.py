"""Reads of organisations: frozen dataclasses out."""

from langso.community.organisations.queries.copies import OrganisationCopyCard, copied_organisation
from langso.community.organisations.queries.joining import Candidate, candidate, candidates
from langso.community.organisations.queries.members import (
    MemberCard,
    MembershipCard,
    acting_as,
    cooperatives_of,
    member_card,
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
    "Candidate",
    "MemberCard",
    "MembershipCard",
    "OrganisationCard",
    "OrganisationCopyCard",
    "acting_as",
    "candidate",
    "candidates",
    "cooperatives_of",
    "copied_organisation",
    "member_card",
    "member_cards",
    "member_person_ids",
    "memberships_of",
    "organisation_card",
    "organisation_cards",
    "organisation_choices",
]
