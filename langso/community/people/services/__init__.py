"""Writes of the register. Every one is an act in the journal."""

from langso.community.people.rules.details import PersonDetails
from langso.community.people.services.finding import BadDay, ChangedMeanwhile, WasMerged
from langso.community.people.services.households import (
    AlreadyHead,
    ClassUnchanged,
    CodeTaken,
    NobodyLeaves,
    VillageIsGone,
    change_head,
    classify_household,
    correct_household,
    end_household_class,
    form_household,
    split_household,
)
from langso.community.people.services.moves import (
    HasDied,
    LivesHere,
    LivesNotHere,
    SameHousehold,
    change_household,
    move_in,
    move_out,
    record_death,
)
from langso.community.people.services.registering import (
    BadDetails,
    LooksKnown,
    NothingChanged,
    NumberTaken,
    ReasonNeeded,
    correct_person,
    register_person,
)
from langso.community.people.services.settling import Arrival, HeadMustBeNamed, NotAMember

__all__ = [
    "AlreadyHead",
    "Arrival",
    "BadDay",
    "BadDetails",
    "ChangedMeanwhile",
    "ClassUnchanged",
    "CodeTaken",
    "HasDied",
    "HeadMustBeNamed",
    "LivesHere",
    "LivesNotHere",
    "LooksKnown",
    "NobodyLeaves",
    "NotAMember",
    "NothingChanged",
    "NumberTaken",
    "PersonDetails",
    "ReasonNeeded",
    "SameHousehold",
    "VillageIsGone",
    "WasMerged",
    "change_head",
    "change_household",
    "classify_household",
    "correct_household",
    "correct_person",
    "end_household_class",
    "form_household",
    "move_in",
    "move_out",
    "record_death",
    "register_person",
    "split_household",
]
