"""Reads of villages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from langso.community.places import access
from langso.community.places.events import VillageEntered, VillageMerged, VillageRenamed, VillageRevised
from langso.community.places.models import Village
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import open_commune
from langso.kernel.errors import NotHere
from langso.kernel.journal.events import card_of as event_card
from langso.kernel.journal.events import from_body
from langso.kernel.journal.models import Entry


@dataclass(frozen=True, slots=True)
class VillageCard:
    """A village of the open commune. `merged_into` is the village that it is part of now, None while it stands."""

    id: UUID
    name: str
    kind: str
    order: int
    population_note: str
    merged_into: UUID | None = None
    merged_into_name: str = ""
    merged_at: datetime | None = None
    legal_basis: str = ""


def villages(actor: Actor) -> list[VillageCard]:
    """The villages of the open commune as it lists them, without merged ones. Public."""
    return [_card(row) for row in Village.objects.living().order_by("order", "sort_name")]


def village_choices() -> list[tuple[str, str]]:
    """(id, name) of the villages of the open commune, for a form's choice."""
    rows = Village.objects.living().order_by("order", "sort_name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def village_card(village_id: UUID) -> VillageCard:
    """One village of the open commune, merged or not. Raises `NotHere`."""
    return _card(village_here(village_id))


VillageFact = VillageEntered | VillageRenamed | VillageRevised | VillageMerged


@dataclass(frozen=True, slots=True)
class VillageChange:
    """One entry of a village's history; `fact` is the event."""

    fact: VillageFact
    recorded_at: datetime
    actor_name: str


def village_history(actor: Actor, *, village_id: UUID) -> list[VillageChange]:
    """What the journal says of a village, the newest first: its former names, who changed them. For the desk."""
    require(access.can_see_registers(actor), actor)
    village = village_here(village_id)
    kinds = [event_card(fact).kind for fact in (VillageEntered, VillageRenamed, VillageRevised, VillageMerged)]
    entries = Entry.objects.filter(kind__in=kinds, commune=open_commune(), body__village_id=str(village.pk)).order_by(
        "-position"
    )
    return [VillageChange(_fact(entry), entry.recorded_at, entry.actor_name) for entry in entries]


def _fact(entry: Entry) -> VillageFact:
    fact = from_body(entry.kind, entry.body)
    assert isinstance(fact, VillageFact)
    return fact


def village_here(village_id: UUID) -> Village:
    """The row, merged or not; for this domain's services. Raises `NotHere`."""
    row = Village.objects.select_related("merger__into").filter(pk=village_id).first()
    if row is None:
        raise NotHere()
    return row


def living_village(village_id: UUID) -> Village | None:
    return Village.objects.living().filter(pk=village_id).first()


def _card(row: Village) -> VillageCard:
    merger = getattr(row, "merger", None) if row.is_merged else None
    return VillageCard(
        id=row.id,
        name=row.name,
        kind=row.kind,
        order=row.order,
        population_note=row.population_note,
        merged_into=merger.into_id if merger else None,
        merged_into_name=merger.into.name if merger else "",
        merged_at=merger.merged_at if merger else None,
        legal_basis=merger.legal_basis if merger else "",
    )
