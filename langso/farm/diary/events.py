"""Public facts of the diary.

All are HERE: a season and a household name people, and remarks, questions and answers are free text. What buyers may
know travels with the lot, in `trade.trace`; what the province needs are sums.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from langso.farm.diary.contents import HarvestContent, HazardContent, InputContent, WorkContent
from langso.kernel.journal.events import Reach, event


@event(version=1, reach=Reach.HERE)
class HazardAssessed:
    entry_id: UUID
    season_id: UUID
    plot_id: UUID
    household_id: UUID
    content: HazardContent


@event(version=1, reach=Reach.HERE)
class InputBought:
    """Also own compost: then `content.kind` is COMPOST and nobody sold it."""

    entry_id: UUID
    household_id: UUID
    content: InputContent


@event(version=1, reach=Reach.HERE)
class FieldWorkLogged:
    """`concern_codes`: what the rules found on this entry when it was written down."""

    entry_id: UUID
    season_id: UUID
    plot_id: UUID
    household_id: UUID
    organisation_id: UUID | None
    content: WorkContent
    concern_codes: tuple[str, ...]


@event(version=1, reach=Reach.HERE)
class HarvestRecorded:
    """A harvest, from which `trace` makes a lot. `harvest_id` is the entry; `standard`: NONE, VIETGAP, ORGANIC.

    `organisation_id` is the cooperative that the season is grown for. `concern_codes`: all that is open on this
    season, this harvest included.
    """

    harvest_id: UUID
    season_id: UUID
    plot_id: UUID
    household_id: UUID
    organisation_id: UUID | None
    product_name: str
    product_id: UUID | None
    standard: str
    quantity_kg: Decimal
    harvest_date: date
    concern_codes: tuple[str, ...]


@event(version=1, reach=Reach.HERE)
class EntryCorrected:
    """A new version of an entry; the old ones stay. `kind`: HAZARD, INPUT, WORK, HARVEST."""

    entry_id: UUID
    kind: str
    season_id: UUID | None
    household_id: UUID
    version: int
    content: HazardContent | InputContent | WorkContent | HarvestContent


@event(version=1, reach=Reach.HERE)
class EntryStruck:
    """Struck through: still readable, no longer counted. `undone`: taken back within minutes of being written."""

    entry_id: UUID
    kind: str
    season_id: UUID | None
    household_id: UUID
    undone: bool


@event(version=1, reach=Reach.HERE)
class EntryRestored:
    """The strike was taken back."""

    entry_id: UUID
    kind: str
    season_id: UUID | None
    household_id: UUID


@event(version=1, reach=Reach.HERE)
class PhotoAdded:
    entry_id: UUID
    season_id: UUID | None
    household_id: UUID
    sha256: str


@event(version=1, reach=Reach.HERE)
class PhotoRemoved:
    """The picture is shown to nobody any more."""

    entry_id: UUID
    season_id: UUID | None
    household_id: UUID
    sha256: str


@event(version=1, reach=Reach.HERE)
class EntryConfirmed:
    """The cooperative's inspector found this version of the entry right."""

    entry_id: UUID
    kind: str
    season_id: UUID | None
    household_id: UUID
    version: int
    remark: str


@event(version=1, reach=Reach.HERE)
class EntryQuestioned:
    entry_id: UUID
    kind: str
    season_id: UUID | None
    household_id: UUID
    version: int
    question: str


@event(version=1, reach=Reach.HERE)
class QuestionAnswered:
    entry_id: UUID
    season_id: UUID | None
    household_id: UUID
    question: str
    answer: str


@event(version=1, reach=Reach.HERE)
class ConcernRaised:
    """A rule found something. `severity`: SERIOUS, WARNING; `facts` fill the sentence (dates ISO, numbers as text)."""

    concern_id: UUID
    entry_id: UUID
    season_id: UUID
    household_id: UUID
    code: str
    severity: str
    facts: Mapping[str, str]


@event(version=1, reach=Reach.HERE)
class ConcernAnswered:
    """Somebody responsible looked into it. `answered_as`: INSPECTOR, or GROWER where no cooperative checks."""

    concern_id: UUID
    entry_id: UUID
    season_id: UUID
    household_id: UUID
    code: str
    answer: str
    answered_as: str


@event(version=1, reach=Reach.HERE)
class ConcernWithdrawn:
    """A correction or a strike removed the cause."""

    concern_id: UUID
    entry_id: UUID
    season_id: UUID
    household_id: UUID
    code: str


@event(version=1, reach=Reach.HERE)
class InputListLoaded:
    """A new edition of the list of allowed inputs. `official` only when an authority issued it."""

    edition_id: UUID
    title: str
    official: bool
    products: int
