"""What officers type at the desk."""

from langso.community.people.forms.households import ClassForm, HeadForm, HouseholdForm, RelationsForm, SplitForm
from langso.community.people.forms.merging import MergeForm, ReasonForm
from langso.community.people.forms.moves import ArrivalForm, ChangeHouseholdForm, DeathForm, DepartureForm
from langso.community.people.forms.persons import CorrectionForm, RegistrationForm
from langso.community.people.forms.purposes import LookupForm, PurposeForm
from langso.community.people.forms.visits import VisitForm

__all__ = [
    "ArrivalForm",
    "ChangeHouseholdForm",
    "ClassForm",
    "CorrectionForm",
    "DeathForm",
    "DepartureForm",
    "HeadForm",
    "HouseholdForm",
    "LookupForm",
    "MergeForm",
    "PurposeForm",
    "ReasonForm",
    "RegistrationForm",
    "RelationsForm",
    "SplitForm",
    "VisitForm",
]
