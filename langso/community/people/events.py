"""What happened in the register. All of it is personal data and never leaves the node.

Personal numbers do not stand here: a change of one shows its last four digits.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from langso.kernel.journal.events import event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonState:
    """What others may count and show of a person, as it stands after the act. No household: does not live here (any
    more)."""

    person_id: UUID
    name: str
    sex: str
    birth_date: date | None
    birth_year: int | None
    ethnicity: str
    disability: str
    household_id: UUID | None
    village_id: UUID | None
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a record: its stored text before and after, empty for nothing."""

    field: str
    before: str
    after: str


@event()
class PersonRegistered:
    person: PersonState
    came_by: str
    from_date: date | None


@event()
class PersonCorrected:
    person: PersonState
    changes: tuple[FieldChange, ...]


@event()
class PersonWithdrawn:
    """A record was taken back because it should never have been made, such as by the undoing of an import."""

    person: PersonState


@event()
class PersonMovedIn:
    person: PersonState
    from_date: date
    came_from: str


@event()
class PersonMovedOut:
    """`person` no longer has a household; `household_id` is the one that was left."""

    person: PersonState
    household_id: UUID
    village_id: UUID
    on_date: date
    left_for: str


@event()
class PersonChangedHousehold:
    person: PersonState
    from_household_id: UUID
    on_date: date


@event()
class PersonDied:
    person: PersonState
    household_id: UUID | None
    on_date: date


@event()
class HouseholdFormed:
    household_id: UUID
    code: str
    village_id: UUID
    address: str


@event()
class HouseholdCorrected:
    household_id: UUID
    code: str
    village_id: UUID
    address: str
    changes: tuple[FieldChange, ...]


@event()
class HouseholdWithdrawn:
    """A household was taken back with the last person who had been entered in it."""

    household_id: UUID
    code: str
    village_id: UUID


@event()
class HeadChanged:
    household_id: UUID
    head_id: UUID
    former_head_id: UUID | None
    on_date: date | None


@event()
class HouseholdSplit:
    """Some members of `household_id` left to form `new_household_id`. Their moves stand here, not as events of their
    own."""

    household_id: UUID
    new_household_id: UUID
    village_id: UUID
    members: tuple[PersonState, ...]
    head_id: UUID
    on_date: date


@event()
class HouseholdClassified:
    """The household counts as `kind` from a day on; `ended` are the classes that ended by it."""

    household_id: UUID
    village_id: UUID
    kind: str
    from_date: date
    to_date: date | None
    decision: str
    ended: tuple[str, ...]


@event()
class HouseholdClassEnded:
    household_id: UUID
    village_id: UUID
    kind: str
    to_date: date


@event()
class PersonsMerged:
    """`merged_id` was found to be the person `kept`; whoever holds the first id means the second from now on."""

    merge_id: UUID
    kept: PersonState
    merged_id: UUID
    taken: tuple[str, ...]


@event()
class PersonsUnmerged:
    merge_id: UUID
    kept: PersonState
    merged: PersonState


@event()
class PairJudgedDifferent:
    first_id: UUID
    second_id: UUID


@event()
class HouseholdVisited:
    """Staff visited a household. `remark` is what they saw and agreed, in their words."""

    visit_id: UUID
    household_id: UUID
    visit_date: date
    purpose: str
    remark: str


@event()
class RecordsOpened:
    """Staff read the full records of these persons. The lines that the residents see carry `act`."""

    act: UUID
    person_ids: tuple[UUID, ...]
    purpose: str
    way: str


@event()
class RegisterExported:
    """Records left the register as a file; every one of them has its line under `act`."""

    act: UUID
    count: int
    purpose: str
    selection: str
