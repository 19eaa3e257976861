"""A household's own entries for its own programs: the phone's outbox, an export."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from langso.farm.diary import access
from langso.farm.diary.models import Concern, Entry
from langso.farm.diary.queries.lines import lines_of
from langso.farm.diary.queries.screens import my_household
from langso.farm.diary.queries.story import ConcernCard, concern_card
from langso.farm.plots import queries as plots
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """An entry as a program reads it. `kind`: HAZARD, INPUT, WORK, HARVEST; `code`: the work, subject or kind of input.

    `title` and `text` are in the active language; `state`: WAITING, CONFIRMED, QUESTIONED, ANSWERED.
    """

    id: UUID
    client_id: UUID
    kind: str
    season_id: UUID | None
    code: str
    on_date: date
    title: str
    text: str
    state: str
    struck: bool
    version: int
    recorded_at: datetime
    concerns: tuple[ConcernCard, ...]


def own_entries(actor: Actor, *, season_id: UUID | None, limit: int, offset: int) -> list[OwnEntry]:
    """The household's entries, the newest first; of one season when it is given. Raises `NotHere`, `NotAllowed`."""
    household_id = my_household(actor)
    entries = Entry.objects.of_household(household_id)
    if season_id is not None:
        season = plots.season_card(season_id=season_id)
        require(access.can_write_diary(actor, season.household_id), actor)
        entries = entries.of_season(season_id)
    return _own(list(entries.order_by("-on_date", "-recorded_at", "-id")[offset : offset + limit]))


def own_entry(actor: Actor, *, entry_id: UUID) -> OwnEntry:
    """One entry of the actor's household. Raises `NotHere`, also for another household's."""
    return _own([Entry.objects.of_household(my_household(actor)).get(pk=entry_id)])[0]


def is_known(client_id: UUID) -> bool:
    """Whether a form with this id has arrived before."""
    return Entry.objects.filter(client_id=client_id).exists()


def _own(entries: list[Entry]) -> list[OwnEntry]:
    concerns: dict[UUID, list[ConcernCard]] = {}
    for row in Concern.objects.standing().filter(entry__in=[entry.pk for entry in entries]).order_by("raised_at", "id"):
        concerns.setdefault(row.entry_id, []).append(concern_card(row))
    keys = {entry.pk: entry.client_id for entry in entries}
    return [
        OwnEntry(
            id=line.id,
            client_id=keys[line.id],
            kind=line.kind,
            season_id=line.season_id,
            code=line.code,
            on_date=line.on_date,
            title=line.title,
            text=line.text,
            state=line.state,
            struck=line.struck,
            version=line.version,
            recorded_at=line.recorded_at,
            concerns=tuple(concerns.get(line.id, ())),
        )
        for line in lines_of(entries)
    ]
