"""Writes of the register. Every one is an act in the journal."""

from langso.community.people.rules.details import PersonDetails
from langso.community.people.services.classes import (
    ClassNotHeld,
    ClassUnchanged,
    classify_household,
    end_household_class,
)
from langso.community.people.services.finding import BadDay, ChangedMeanwhile, WasMerged
from langso.community.people.services.households import (
    AlreadyHead,
    CodeTaken,
    NobodyLeaves,
    NoSuchCode,
    VillageIsGone,
    change_head,
    correct_household,
    correct_relations,
    form_household,
    move_village,
    split_household,
)
from langso.community.people.services.importing import NewHousehold, NewPerson, register_many
from langso.community.people.services.merging import (
    AlreadyDecided,
    LeavesNoHead,
    OneHasDied,
    SameRecord,
    judge_different,
    merge_persons,
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
from langso.community.people.services.reading import (
    PurposeNeeded,
    RemarkNeeded,
    log_export,
    log_whole_export,
    open_household,
    open_own_record,
    open_record,
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
from langso.community.people.services.settling_in import register_head
from langso.community.people.services.unmerging import LaterMergeFirst, MergeAlreadyUndone, unmerge
from langso.community.people.services.uses import ask_before_withdrawing
from langso.community.people.services.visits import VisitFormUsed, VisitNeedsWords, note_visit
from langso.community.people.services.withdrawing import NotWithdrawn, withdraw_many

__all__ = [
    "AlreadyDecided",
    "AlreadyHead",
    "Arrival",
    "BadDay",
    "BadDetails",
    "ChangedMeanwhile",
    "ClassNotHeld",
    "ClassUnchanged",
    "CodeTaken",
    "HasDied",
    "HeadMustBeNamed",
    "LaterMergeFirst",
    "LeavesNoHead",
    "LivesHere",
    "LivesNotHere",
    "LooksKnown",
    "MergeAlreadyUndone",
    "NewHousehold",
    "NewPerson",
    "NoSuchCode",
    "NobodyLeaves",
    "NotAMember",
    "NotWithdrawn",
    "NothingChanged",
    "NumberTaken",
    "OneHasDied",
    "PersonDetails",
    "PurposeNeeded",
    "ReasonNeeded",
    "RemarkNeeded",
    "SameHousehold",
    "SameRecord",
    "VillageIsGone",
    "VisitFormUsed",
    "VisitNeedsWords",
    "WasMerged",
    "ask_before_withdrawing",
    "change_head",
    "change_household",
    "classify_household",
    "correct_household",
    "correct_person",
    "correct_relations",
    "end_household_class",
    "form_household",
    "judge_different",
    "log_export",
    "log_whole_export",
    "merge_persons",
    "move_in",
    "move_out",
    "move_village",
    "note_visit",
    "open_household",
    "open_own_record",
    "open_record",
    "record_death",
    "register_head",
    "register_many",
    "register_person",
    "split_household",
    "unmerge",
    "withdraw_many",
]
