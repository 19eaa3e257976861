"""Villages are entered, renamed, merged. Nothing is deleted: old papers name old villages."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from langso.community.places import access
from langso.community.places.events import VillageEntered, VillageMerged, VillageRenamed, VillageRevised
from langso.community.places.models import Village, VillageKind, VillageMerger
from langso.community.places.queries.villages import living_village, village_here
from langso.community.places.rules.names import matching_key
from langso.community.places.rules.villages import LONGEST_NAME, PastedVillage, read_list, whole_name
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.services import emit, service
from langso.kernel.text import alphabet_key, fold, nfc

STEP = 10
"""Numbers of order leave room to put a village between two others."""


class VillageExists(DomainError):
    code = "village_exists"
    message = _("The commune already has a village with this name.")


class BadVillageName(Invalid):
    code = "bad_village_name"
    message = _("Please write the village's name, at most 80 letters.")


class NothingPasted(Invalid):
    code = "nothing_pasted"
    message = _("There is no village in the list. Write one village on each line.")


class SameVillage(Invalid):
    code = "same_village"
    message = _("A village cannot be merged into itself.")


class AlreadyMerged(DomainError):
    code = "village_already_merged"
    message = _("This village was already merged into another one.")


@dataclass(frozen=True, slots=True)
class EnteredVillages:
    """What became of a pasted list: ids of new villages, names that were there already (left as they are)."""

    entered: tuple[UUID, ...]
    known: tuple[str, ...]


@service
def enter_village(actor: Actor, *, name: str, kind: str, order: int | None = None, population_note: str = "") -> UUID:
    """Enter a village of the open commune; at the end of the list when `order` is None. Returns its id.

    `name` may have its kind in front or not. Raises `BadVillageName`, `VillageExists`.
    """
    require(access.can_change_villages(actor), actor)
    whole = _checked_name(kind=kind, typed=name)
    _refuse_known(whole)
    row = _new_row(whole, kind, _next_order() if order is None else order, population_note)
    row.save(force_insert=True)
    emit(actor, VillageEntered(village_id=row.id, kind=kind, name=whole, order=row.order))
    return row.id


@service
def enter_villages(actor: Actor, *, pasted: str, usual_kind: str) -> EnteredVillages:
    """Enter the villages of a pasted list, one a line, in that order. Names the commune has already are left alone.

    `usual_kind` is used where a line has no kind in front. Raises `NothingPasted`, `BadVillageName` (with the line).
    """
    require(access.can_change_villages(actor), actor)
    lines = read_list(pasted, usual_kind=usual_kind)
    if not lines:
        raise NothingPasted(fields={"pasted": NothingPasted.message})
    _refuse_bad_lines(lines)
    known = dict(Village.objects.living().values_list("matching_key", "name"))
    order = _next_order()
    rows: list[Village] = []
    left: list[str] = []
    for line in lines:
        key = matching_key(line.name)
        if key in known:
            left.append(line.name)
            continue
        known[key] = line.name
        rows.append(_new_row(line.name, line.kind, order + STEP * len(rows), ""))
    Village.objects.bulk_create(rows)
    for row in rows:
        emit(actor, VillageEntered(village_id=row.id, kind=row.kind, name=row.name, order=row.order))
    return EnteredVillages(entered=tuple(row.id for row in rows), known=tuple(left))


@service
def revise_village(
    actor: Actor, *, village_id: UUID, name: str, kind: str, order: int, population_note: str = ""
) -> None:
    """Rename a village, move it in the list or change its note. The journal keeps every former name.

    Raises `NotHere`, `AlreadyMerged`, `BadVillageName`, `VillageExists`.
    """
    require(access.can_change_villages(actor), actor)
    village = _living(village_id)
    whole = _checked_name(kind=kind, typed=name)
    note = nfc(population_note).strip()
    if matching_key(whole) != village.matching_key:
        _refuse_known(whole)
    Village.objects.filter(pk=village.pk).update(kind=kind, order=order, population_note=note, **_forms_of_name(whole))
    if (whole, kind) != (village.name, village.kind):
        emit(actor, VillageRenamed(village_id=village.pk, kind=kind, name=whole, former_name=village.name))
    if (order, note) != (village.order, village.population_note):
        emit(actor, VillageRevised(village_id=village.pk, order=order, population_note=note))


@service
def merge_village(actor: Actor, *, village_id: UUID, into_id: UUID, legal_basis: str = "") -> None:
    """Make a village part of another one of the same commune, as a decision says. Both names stay readable.

    Raises `NotHere`, `SameVillage`, `AlreadyMerged` (also when the other one is no longer there to take it).
    """
    require(access.can_change_villages(actor), actor)
    if village_id == into_id:
        raise SameVillage()
    village, into = _living(village_id), _living(into_id)
    if not Village.objects.living().filter(pk=village.pk).update(is_merged=True):
        raise AlreadyMerged()
    basis = nfc(legal_basis).strip()
    VillageMerger.objects.create(
        village=village, into=into, legal_basis=basis, merged_at=clock.now(), merged_by=actor.account_id
    )
    emit(
        actor,
        VillageMerged(
            village_id=village.pk, name=village.name, into_id=into.pk, into_name=into.name, legal_basis=basis
        ),
    )


def _living(village_id: UUID) -> Village:
    village_here(village_id)
    village = living_village(village_id)
    if village is None:
        raise AlreadyMerged()
    return village


def _checked_name(*, kind: str, typed: str) -> str:
    if kind not in VillageKind.values:
        raise BadVillageName(fields={"kind": _("Choose what kind of village it is.")})
    whole = whole_name(kind=kind, typed=typed)
    if not typed.strip() or len(whole) > LONGEST_NAME:
        raise BadVillageName(fields={"name": BadVillageName.message})
    return whole


def _refuse_known(name: str) -> None:
    if Village.objects.living().filter(matching_key=matching_key(name)).exists():
        raise VillageExists(fields={"name": VillageExists.message})


def _refuse_bad_lines(lines: list[PastedVillage]) -> None:
    for line in lines:
        if len(line.name) > LONGEST_NAME:
            message = _("Line %(line)d: the name is longer than 80 letters.") % {"line": line.line}
            raise BadVillageName(message, fields={"pasted": message})


def _next_order() -> int:
    last: int | None = Village.objects.aggregate(last=Max("order"))["last"]
    return (last or 0) + STEP


def _new_row(name: str, kind: str, order: int, population_note: str) -> Village:
    return Village(kind=kind, order=order, population_note=nfc(population_note).strip(), **_forms_of_name(name))


def _forms_of_name(name: str) -> dict[str, str]:
    return {
        "name": name,
        "folded_name": fold(name),
        "matching_key": matching_key(name),
        "sort_name": alphabet_key(name),
    }
