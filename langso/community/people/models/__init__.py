"""Tables of the register."""

from langso.community.people.models.accesses import RecordAccess
from langso.community.people.models.duplicates import DuplicatePair, Merge
from langso.community.people.models.households import Headship, Household, HouseholdStatus
from langso.community.people.models.persons import Person, Residence
from langso.community.people.models.visits import HouseholdVisit, VisitPurpose

__all__ = [
    "DuplicatePair",
    "Headship",
    "Household",
    "HouseholdStatus",
    "HouseholdVisit",
    "Merge",
    "Person",
    "RecordAccess",
    "Residence",
    "VisitPurpose",
]
