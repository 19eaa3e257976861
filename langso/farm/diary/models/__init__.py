"""Tables of the diary."""

from langso.farm.diary.models.checks import Check, Concern, ConcernState, Severity, Verdict
from langso.farm.diary.models.entries import CheckState, Entry, EntryKind, EntryPhoto, Strike
from langso.farm.diary.models.inputs import InputKind, InputList, ListedInput
from langso.farm.diary.models.versions import (
    Finding,
    HarvestVersion,
    HazardSubject,
    HazardVersion,
    InputVersion,
    WorkVersion,
)

__all__ = [
    "Check",
    "CheckState",
    "Concern",
    "ConcernState",
    "Entry",
    "EntryKind",
    "EntryPhoto",
    "Finding",
    "HarvestVersion",
    "HazardSubject",
    "HazardVersion",
    "InputKind",
    "InputList",
    "InputVersion",
    "ListedInput",
    "Severity",
    "Strike",
    "Verdict",
    "WorkVersion",
]
