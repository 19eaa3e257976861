"""The inner part of every diary service: claiming a form, writing a version, finding the entry."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from langso.farm.diary import access
from langso.farm.diary.activities import BY_CODE
from langso.farm.diary.contents import Content, InputContent, WorkContent
from langso.farm.diary.models import Entry
from langso.farm.diary.services.refusals import EntryIsInvalid, FormAlreadyUsed
from langso.farm.diary.versions import AnyVersion, digest, kind_of, row_of
from langso.farm.plots import queries as plots
from langso.farm.plots.queries import SeasonCard
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere, Text
from langso.kernel.ids import new_id
from langso.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Home:
    """Where an entry belongs: a household, and a season of it unless it is an input."""

    household_id: UUID
    season: SeasonCard | None = None


FIRST_DAY = date(2000, 1, 1)
"""Earlier dates are slips of the finger."""


def writable_season(actor: Actor, season_id: UUID) -> SeasonCard:
    """A season in whose diary the actor may write; a closed one too, since people write down late."""
    season = plots.season_card(season_id=season_id)
    require(access.can_write_diary(actor, season.household_id), actor)
    return season


def writable_entry(actor: Actor, entry_id: UUID) -> Entry:
    """An entry that the actor may correct or strike. Raises `NotHere`, `NotAllowed`."""
    entry = entry_here(entry_id)
    require(access.can_write_diary(actor, entry.household_id), actor)
    return entry


def entry_here(entry_id: UUID) -> Entry:
    """An entry of the open commune. Raises `NotHere`."""
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotHere()
    return entry


def repeated(client_id: UUID | None, content: Content, household_id: UUID) -> UUID | None:
    """The entry that this form already made, or None. Raises `FormAlreadyUsed` when it now holds something else."""
    known = Entry.objects.filter(client_id=client_id).first() if client_id else None
    if known is None:
        return None
    if known.household_id != household_id:
        raise FormAlreadyUsed()
    if known.form_digest != digest(content):
        raise FormAlreadyUsed(known.id)
    return known.id


def add_entry(actor: Actor, *, home: Home, form: Content, content: Content, client_id: UUID | None) -> Entry | None:
    """Write an entry with its first version. `form` is what was sent, `content` the same with what is known besides.

    None when the same form arrived twice at once and the other one was first. Raises `EntryIsInvalid`.
    """
    entry = Entry(
        id=new_id(),
        client_id=client_id or new_id(),
        form_digest=digest(form),
        kind=kind_of(content),
        household_id=home.household_id,
        season_id=home.season.id if home.season else None,
        on_date=content.on_date,
        recorded_at=clock.now(),
        folded=_folded(home, content),
        **_by(actor),
    )
    row = valid_version(entry.id, content, number=1, recorded_at=entry.recorded_at, **_by(actor))
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        return None
    row.save(force_insert=True)
    return entry


def _folded(home: Home, content: Content) -> str:
    """What one may search an entry by: crop, plot, the work in Vietnamese, the product."""
    words = [home.season.product_name, home.season.plot.name] if home.season else []
    if isinstance(content, WorkContent) and content.activity in BY_CODE:
        with override("vi"):
            words += [str(BY_CODE[content.activity].label), content.input_name]
    if isinstance(content, InputContent):
        words += [content.name, content.active_ingredient, content.seller]
    return fold(" ".join(words))[:400]


def add_version(actor: Actor, entry: Entry, content: Content, *, reason: str) -> None:
    """Write the next version of an entry whose number was already claimed."""
    row = valid_version(entry.id, content, number=entry.version, recorded_at=clock.now(), reason=reason, **_by(actor))
    row.save(force_insert=True)


def valid_version(entry_id: UUID, content: Content, **about: Any) -> AnyVersion:
    """The version's row, checked. Raises `EntryIsInvalid` with the faults of each field."""
    row = row_of(content, entry_id=entry_id, **about)
    faults: dict[str, Text] = {}
    try:
        row.clean_fields(exclude={"entry", "input"})
    except ValidationError as error:
        faults = {field: " ".join(sentences) for field, sentences in error.message_dict.items()}
    if not FIRST_DAY <= content.on_date <= clock.today():
        faults["on_date"] = _("Choose today or a day before.")
    if isinstance(content, WorkContent) and content.input_id and content.amount <= 0:
        faults["amount"] = _("How much was used?")
    if faults:
        raise EntryIsInvalid(fields=faults)
    return row


def actors_name(actor: Actor) -> str:
    """Who wrote it, as the diary shows it; a helper with the resident they act for."""
    name = f"{actor.name} / {actor.assisted_name}" if actor.assisting else actor.name
    return name[:120]


def _by(actor: Actor) -> dict[str, Any]:
    return {"recorded_by": actor.account_id, "recorded_by_name": actors_name(actor)}
