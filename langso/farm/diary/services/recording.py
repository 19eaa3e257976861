"""Writing into the four tables. A form that is sent twice makes one entry; rules warn and never block."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.farm.diary import access
from langso.farm.diary.activities import BY_CODE
from langso.farm.diary.contents import Content, HarvestContent, HazardContent, InputContent, WorkContent
from langso.farm.diary.events import FieldWorkLogged, HarvestRecorded, HazardAssessed, InputBought
from langso.farm.diary.models import Entry, EntryKind, ListedInput
from langso.farm.diary.queries import facts
from langso.farm.diary.services.concerns import Judgement, judge_season, settle
from langso.farm.diary.services.refusals import EntryIsInvalid, FormAlreadyUsed
from langso.farm.diary.services.writing import Home, add_entry, repeated, writable_season
from langso.farm.diary.versions import tidy
from langso.farm.plots.queries import SeasonCard
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.journal.services import emit, service
from langso.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it arrived: its own id, and the device's time when it was filled in offline."""

    client_id: UUID | None = None
    done_at: datetime | None = None


NO_FORM = Sent()


@service
def record_work(actor: Actor, *, season_id: UUID, content: WorkContent, sent: Sent = NO_FORM) -> UUID:
    """Write down a field work and return the entry's id; the same form sent again returns the first one's.

    Raises `EntryIsInvalid`, `FormAlreadyUsed`.
    """
    season, form = writable_season(actor, season_id), tidy(content)

    def complete() -> WorkContent:
        return with_input(form, season.household_id)

    def fact(entry: Entry, judgement: Judgement) -> FieldWorkLogged:
        return FieldWorkLogged(
            entry_id=entry.id,
            season_id=season_id,
            plot_id=season.plot.id,
            household_id=season.household_id,
            organisation_id=season.organisation_id,
            content=complete(),
            concern_codes=judgement.codes_on(entry.id),
        )

    return _record_in_season(actor, season, form, complete, sent, fact)


@service
def record_harvest(actor: Actor, *, season_id: UUID, content: HarvestContent, sent: Sent = NO_FORM) -> UUID:
    """Write down a harvest and return its id. Raises `EntryIsInvalid`, `FormAlreadyUsed`."""
    season, form = writable_season(actor, season_id), tidy(content)

    def fact(entry: Entry, judgement: Judgement) -> HarvestRecorded:
        return HarvestRecorded(
            harvest_id=entry.id,
            season_id=season_id,
            plot_id=season.plot.id,
            household_id=season.household_id,
            organisation_id=season.organisation_id,
            product_name=season.product_name,
            product_id=season.product_id,
            standard=season.standard,
            quantity_kg=form.quantity_kg,
            harvest_date=form.on_date,
            concern_codes=judgement.open_codes(),
        )

    return _record_in_season(actor, season, form, lambda: form, sent, fact)


@service
def record_hazard(actor: Actor, *, season_id: UUID, content: HazardContent, sent: Sent = NO_FORM) -> UUID:
    """Write down a hazard assessment and return its id. Raises `EntryIsInvalid`, `FormAlreadyUsed`."""
    season, form = writable_season(actor, season_id), tidy(content)

    def fact(entry: Entry, _judgement: Judgement) -> HazardAssessed:
        return HazardAssessed(
            entry_id=entry.id,
            season_id=season_id,
            plot_id=season.plot.id,
            household_id=season.household_id,
            content=form,
        )

    return _record_in_season(actor, season, form, lambda: form, sent, fact)


@service
def record_input(actor: Actor, *, household_id: UUID, content: InputContent, sent: Sent = NO_FORM) -> UUID:
    """Write down what was bought, or own compost, and return its id. Raises `EntryIsInvalid`, `FormAlreadyUsed`."""
    require(access.can_write_diary(actor, household_id), actor)
    form = tidy(content)
    if known := repeated(sent.client_id, form, household_id):
        return known
    full = with_list(form)
    entry = add_entry(actor, home=Home(household_id), form=form, content=full, client_id=sent.client_id)
    if entry is None:
        return _first_one(sent, form, household_id)
    emit(actor, InputBought(entry_id=entry.id, household_id=household_id, content=full), occurred_at=sent.done_at)
    return entry.id


def with_input(content: WorkContent, household_id: UUID) -> WorkContent:
    """The work with what is known of its input copied in. Raises `EntryIsInvalid` for another household's input."""
    if content.input_id is None:
        return _with_named_input(content)
    entry = Entry.objects.filter(pk=content.input_id, kind=EntryKind.INPUT, household_id=household_id).first()
    if entry is None:
        raise EntryIsInvalid(fields={"input_id": _("Choose something that you have bought.")})
    bought = facts.current_inputs({entry.id})[entry.id]
    return replace(
        content,
        input_name=bought.name,
        input_kind=bought.kind,
        listed_code=bought.listed_code,
        pre_harvest_days=bought.pre_harvest_days if content.pre_harvest_days is None else content.pre_harvest_days,
    )


def _with_named_input(content: WorkContent) -> WorkContent:
    """A work whose input was not bought on record: found on the list by name, of the kind that the work uses."""
    activity = BY_CODE.get(content.activity)
    usual = activity.input_kinds[0] if activity and activity.input_kinds else ""
    line = listed(content.input_name)
    return replace(
        content,
        input_kind=line.kind if line else usual,
        listed_code=line.code if line else "",
    )


def with_list(content: InputContent) -> InputContent:
    """The input with the list's code and active ingredient, when the list has it under this code or name."""
    line = listed(content.name, content.listed_code)
    if line is None:
        return replace(content, listed_code="")
    return replace(
        content, listed_code=line.code, active_ingredient=content.active_ingredient or line.active_ingredient
    )


def listed(name: str, code: str = "") -> ListedInput | None:
    """The line of the newest list with this code, or else with this name however it is spelled."""
    lines = ListedInput.objects.all().current().order_by("-valid_from")
    by_code = lines.filter(code=code).first() if code else None
    wanted = fold(name)
    if by_code or not wanted:
        return by_code
    return next((line for line in lines.filter(folded__startswith=wanted) if fold(line.name) == wanted), None)


def _record_in_season(
    actor: Actor,
    season: SeasonCard,
    form: Content,
    complete: Callable[[], Content],
    sent: Sent,
    fact: Callable[[Entry, Judgement], object],
) -> UUID:
    """One entry of a season: the same form only once, its event, then what the rules say of it."""
    if known := repeated(sent.client_id, form, season.household_id):
        return known
    entry = add_entry(
        actor,
        home=Home(season.household_id, season),
        form=form,
        content=complete(),
        client_id=sent.client_id,
    )
    if entry is None:
        return _first_one(sent, form, season.household_id)
    judgement = judge_season(season)
    emit(actor, fact(entry, judgement), occurred_at=sent.done_at)
    settle(actor, judgement)
    return entry.id


def _first_one(sent: Sent, form: Content, household_id: UUID) -> UUID:
    """The entry of the same form that was a moment faster, on another connection."""
    known = repeated(sent.client_id, form, household_id)
    if known is None:
        raise FormAlreadyUsed()
    return known
