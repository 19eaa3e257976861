"""Writes of organisations."""

from langso.community.organisations.services.business_accounts import (
    NoSuchAccount,
    NotABusinessAccount,
    PersonalAccount,
    open_business_account,
)
from langso.community.organisations.services.copies import keep_copy
from langso.community.organisations.services.members import (
    AlreadyEnded,
    AlreadyHeld,
    BadPeriod,
    BusinessAccountTaken,
    NobodyNamed,
    NotForYourself,
    OrganisationGone,
    RoleNotGivenHere,
    add_member,
    end_membership,
)
from langso.community.organisations.services.organisations import (
    AlreadyClosed,
    BadOrganisation,
    OrganisationExists,
    TaxCodeTaken,
    close_organisation,
    found_organisation,
    revise_organisation,
)

__all__ = [
    "AlreadyClosed",
    "AlreadyEnded",
    "AlreadyHeld",
    "BadOrganisation",
    "BadPeriod",
    "BusinessAccountTaken",
    "NoSuchAccount",
    "NobodyNamed",
    "NotABusinessAccount",
    "NotForYourself",
    "OrganisationExists",
    "OrganisationGone",
    "PersonalAccount",
    "RoleNotGivenHere",
    "TaxCodeTaken",
    "add_member",
    "close_organisation",
    "end_membership",
    "found_organisation",
    "keep_copy",
    "open_business_account",
    "revise_organisation",
]
