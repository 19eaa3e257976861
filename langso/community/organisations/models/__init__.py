"""Tables of organisations."""

from langso.community.organisations.models.copies import OrganisationCopy
from langso.community.organisations.models.members import Member, MemberQuerySet, Standing, is_person
from langso.community.organisations.models.organisations import Organisation, OrganisationKind, OrganisationQuerySet

__all__ = [
    "Member",
    "MemberQuerySet",
    "Organisation",
    "OrganisationCopy",
    "OrganisationKind",
    "OrganisationQuerySet",
    "Standing",
    "is_person",
]
