"""Public writes of the diary."""

from langso.farm.diary.contents import Content, HarvestContent, HazardContent, InputContent, WorkContent
from langso.farm.diary.services.checking import (
    BulkResult,
    answer_question,
    confirm_entries,
    confirm_entry,
    question_entry,
)
from langso.farm.diary.services.concerns import answer_concern
from langso.farm.diary.services.correcting import correct_entry, restore_entry, strike_entry, undo
from langso.farm.diary.services.input_list import load_input_list
from langso.farm.diary.services.photos import add_photo, remove_photo
from langso.farm.diary.services.recording import Sent, record_harvest, record_hazard, record_input, record_work
from langso.farm.diary.services.refusals import (
    AlreadyChecked,
    ConcernIsSettled,
    EntryHasChanged,
    EntryIsInvalid,
    EntryIsNotStruck,
    EntryIsStruck,
    FormAlreadyUsed,
    InputIsUsed,
    InputListIsInvalid,
    NoOpenQuestion,
    ReasonNeeded,
    TooLateToUndo,
)

__all__ = [
    "AlreadyChecked",
    "BulkResult",
    "ConcernIsSettled",
    "Content",
    "EntryHasChanged",
    "EntryIsInvalid",
    "EntryIsNotStruck",
    "EntryIsStruck",
    "FormAlreadyUsed",
    "HarvestContent",
    "HazardContent",
    "InputContent",
    "InputIsUsed",
    "InputListIsInvalid",
    "NoOpenQuestion",
    "ReasonNeeded",
    "Sent",
    "TooLateToUndo",
    "WorkContent",
    "add_photo",
    "answer_concern",
    "answer_question",
    "confirm_entries",
    "confirm_entry",
    "correct_entry",
    "load_input_list",
    "question_entry",
    "record_harvest",
    "record_hazard",
    "record_input",
    "record_work",
    "remove_photo",
    "restore_entry",
    "strike_entry",
    "undo",
]
