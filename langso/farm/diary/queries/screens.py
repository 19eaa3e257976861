"""What the household's own pages show; here permission is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from langso.farm.diary import access, rules
from langso.farm.diary.activities import Activity, activities_on
from langso.farm.diary.models import CheckState, Concern, Entry, EntryKind, InputVersion
from langso.farm.diary.models.versions import HarvestVersion, WorkVersion
from langso.farm.diary.queries import facts
from langso.farm.diary.queries.lines import Line, household_name, lines_of
from langso.farm.diary.queries.story import ConcernCard, concern_card
from langso.farm.plots import queries as plots
from langso.farm.plots.queries import SeasonCard
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError

MOST_SEASONS_WITH_BUTTONS = 4
"""So many running seasons show their buttons on the first page: one touch less for each entry."""
MOST_INPUTS = 100
"""Older purchases are found through the seasons in which they were used."""


class NoHousehold(DomainError):
    """The actor is signed in, but the register knows no household of theirs."""

    code = "no_household"
    message = _("You are not in a household of the register yet. Ask your commune office or your village's helper.")


@dataclass(frozen=True, slots=True)
class Wait:
    """No harvest before `day`, because of what was used on `since`."""

    day: date
    input_name: str
    since: date
    days_left: int


@dataclass(frozen=True, slots=True)
class SeasonButtons:
    """A running season with the works that are done there, and how long to wait with the harvest."""

    season: SeasonCard
    activities: tuple[Activity, ...]
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class DiaryHome:
    """The first page: what needs an answer, the buttons of the running seasons, the last entries."""

    household_id: UUID
    seasons: tuple[SeasonButtons, ...]
    more_seasons: tuple[SeasonCard, ...]
    questions: tuple[Line, ...]
    latest: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SeasonDiary:
    """A season's whole diary, newest first, struck lines too; `household` is named for staff.

    `harvested_kg` counts what stands.
    """

    season: SeasonCard
    household: str
    lines: tuple[Line, ...]
    inputs: tuple[Line, ...]
    concerns: tuple[ConcernCard, ...]
    buttons: SeasonButtons | None
    harvested_kg: Decimal
    can_write: bool


@dataclass(frozen=True, slots=True)
class InputChoice:
    """Something in the shed. `unit` is a code; `days`: the pre-harvest interval that is known, or None."""

    id: UUID
    name: str
    kind: str
    unit: str
    days: int | None
    expired: bool


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What the form of a field work offers: inputs, the one chosen (last used first), and last time's number."""

    season: SeasonCard
    activity: Activity
    inputs: tuple[InputChoice, ...]
    chosen: InputChoice | None
    last_amount: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class HarvestPage:
    season: SeasonCard
    wait: Wait | None
    last: HarvestVersion | None


def my_household(actor: Actor) -> UUID:
    """The household whose diary the actor keeps. Raises `SignInNeeded`, `NoHousehold`."""
    require(actor.signed_in, actor)
    household_id = access.own_household(actor)
    if household_id is None:
        raise NoHousehold()
    return household_id


def latest_lines(actor: Actor, *, most: int) -> list[Line]:
    """What the actor's household wrote last, what the inspector asks about first. Empty for a person without one."""
    household_id = access.own_household(actor)
    if household_id is None:
        return []
    entries = Entry.objects.of_household(household_id).standing().order_by("-recorded_at")
    asked = list(entries.filter(check_state=CheckState.QUESTIONED)[:most])
    others = entries.exclude(check_state=CheckState.QUESTIONED)[: most - len(asked)]
    return lines_of([*asked, *others])


def diary_home(actor: Actor) -> DiaryHome:
    """The first page of the actor's diary; the season that was written in last comes first."""
    household_id = my_household(actor)
    seasons = plots.seasons_of_household(household_id=household_id, running_only=True)
    entries = Entry.objects.of_household(household_id).order_by("-recorded_at")
    last_used = dict(entries.filter(season_id__isnull=False).values_list("season_id", "recorded_at")[:200][::-1])
    seasons.sort(key=lambda season: str(last_used.get(season.id, "")), reverse=True)
    questions = entries.standing().filter(check_state=CheckState.QUESTIONED)[:20]
    return DiaryHome(
        household_id=household_id,
        seasons=tuple(_buttons(season) for season in seasons[:MOST_SEASONS_WITH_BUTTONS]),
        more_seasons=tuple(seasons[MOST_SEASONS_WITH_BUTTONS:]),
        questions=tuple(lines_of(questions)),
        latest=tuple(lines_of(entries.standing()[:3])),
    )


def season_diary(actor: Actor, *, season_id: UUID) -> SeasonDiary:
    """A season's diary. Raises `NotHere`, `NotAllowed`."""
    season = plots.season_card(season_id=season_id)
    require(access.can_see_season(actor, season), actor)
    can_write = access.can_write_diary(actor, season.household_id)
    concerns = Concern.objects.of_season(season_id).standing().order_by("state", "-raised_at")
    used = WorkVersion.objects.filter(entry__season_id=season_id, number=F("entry__version")).values("input")
    return SeasonDiary(
        season=season,
        household="" if can_write else household_name(season.household_id),
        lines=tuple(lines_of(Entry.objects.of_season(season_id).order_by("-on_date", "-recorded_at"))),
        inputs=tuple(lines_of(Entry.objects.filter(pk__in=used).order_by("-on_date"))),
        concerns=tuple(concern_card(row) for row in concerns),
        buttons=_buttons(season) if can_write and season.running else None,
        harvested_kg=harvested_kg(season_id),
        can_write=can_write,
    )


def my_inputs(actor: Actor) -> Sequence[Line]:
    """What the actor's household has bought or made, newest first."""
    household_id = my_household(actor)
    entries = Entry.objects.of_household(household_id).standing().filter(kind=EntryKind.INPUT)
    return lines_of(entries.order_by("-on_date", "-recorded_at")[:MOST_INPUTS])


def work_page(actor: Actor, *, season_id: UUID, activity: Activity, input_id: UUID | None) -> WorkPage:
    """What the form of one work offers. `input_id` is the input that was touched, if any."""
    season = _written_by(actor, season_id)
    works = WorkVersion.objects.filter(
        entry__household_id=season.household_id, entry__struck=False, number=F("entry__version")
    ).filter(activity=activity.code)
    inputs = inputs_for(season.household_id, activity)
    last = works.order_by("-on_date", "-recorded_at").first()
    wanted = input_id or (last.input_id if last else None)
    chosen = next((one for one in inputs if one.id == wanted), inputs[0] if inputs else None)
    unit = chosen.unit if chosen else activity.unit
    like = works.filter(input=chosen.id) if chosen else works.filter(input__isnull=True)
    same = like.filter(unit=unit).order_by("-on_date", "-recorded_at").first()
    return WorkPage(
        season=season,
        activity=activity,
        inputs=inputs,
        chosen=chosen,
        last_amount=same.amount if same else None,
        unit=unit,
    )


def inputs_for(household_id: UUID, activity: Activity) -> tuple[InputChoice, ...]:
    """The inputs of the household that this work can use, newest first."""
    if not activity.input_kinds:
        return ()
    return tuple(_choice(row) for row in facts.standing_inputs(household_id, activity.input_kinds)[:12])


def harvest_page(actor: Actor, *, season_id: UUID) -> HarvestPage:
    """What the harvest form offers: the last harvest of the season, and a warning when it is too early."""
    season = _written_by(actor, season_id)
    harvests = HarvestVersion.objects.filter(
        entry__season_id=season_id, entry__struck=False, number=F("entry__version")
    )
    return HarvestPage(season, wait_of(season), harvests.order_by("-on_date", "-recorded_at").first())


def wait_of(season: SeasonCard) -> Wait | None:
    """How long to wait with the harvest, None when it is safe today."""
    works = facts.work_facts(season.id)
    safe = rules.safe_from(works, facts.input_lines(works))
    today = clock.today()
    if safe is None or safe.day <= today:
        return None
    return Wait(safe.day, safe.work.input_name, safe.work.on_date, (safe.day - today).days)


def harvested_kg(season_id: UUID) -> Decimal:
    """The sum of a season's standing harvests in kg."""
    rows = HarvestVersion.objects.filter(entry__season_id=season_id, entry__struck=False, number=F("entry__version"))
    return rows.aggregate(total=Sum("quantity_kg"))["total"] or Decimal(0)


def can_be_undone(moment: datetime) -> bool:
    """Whether what was written at that moment can still be taken back."""
    return clock.now() - moment <= timedelta(minutes=rules.LIMITS.undo_minutes)


def _written_by(actor: Actor, season_id: UUID) -> SeasonCard:
    season = plots.season_card(season_id=season_id)
    require(access.can_write_diary(actor, season.household_id), actor)
    return season


def _buttons(season: SeasonCard) -> SeasonButtons:
    return SeasonButtons(season, activities_on(season.plot.kind), wait_of(season))


def _choice(row: InputVersion) -> InputChoice:
    expired = row.expiry_date is not None and row.expiry_date < clock.today()
    return InputChoice(row.entry_id, row.name, row.kind, row.unit, row.pre_harvest_days, expired)
