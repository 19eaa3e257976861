"""Changes of communes by law: recorded at the province's hub, the same on every node that hears of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from langso.community.places import access
from langso.community.places.events import BegunUnit, EndedUnit, PlaceTaken, UnitsChanged, UnitsChangeWithdrawn
from langso.community.places.models import AdminUnit, Level, Succession, UnitChange
from langso.community.places.rules.changes import (
    FIRST_DAY,
    MOST_LINES,
    ChangeLine,
    LineFault,
    Standing,
    faults_of_change,
    kind_of,
)
from langso.community.places.rules.names import key_of_folded, without_marks
from langso.community.places.seeding import area_id
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid, NotHere, Text
from langso.kernel.ids import new_id
from langso.kernel.journal.events import to_body
from langso.kernel.journal.services import service
from langso.kernel.link.publishing import own_province, require_hub, tell_communes
from langso.kernel.text import alphabet_key, fold, nfc


class ChangeRefused(Invalid):
    """Lines of the table cannot be right; `lines` says which and why."""

    code = "change_refused"
    message = _("Nothing was recorded: mend the lines named below.")

    def __init__(self, lines: Sequence[LineFault]) -> None:
        super().__init__()
        self.lines = tuple(lines)


class BuiltUpon(DomainError):
    code = "built_upon"
    message = _("A later change concerns the same communes. Take that one back first.")


@dataclass(frozen=True, slots=True)
class ChangeDescription:
    """A change as its law tells it: number of the law, the day on which it takes effect, the lines of its table."""

    legal_basis: str
    from_date: date
    lines: tuple[ChangeLine, ...]


def plan_unit_change(actor: Actor, *, change: ChangeDescription) -> UnitsChanged:
    """What would be recorded, with nothing written.

    Raises `OnlyAtTheHub`, `Invalid` for the law and the day, `ChangeRefused` for lines.
    """
    require(access.can_record_changes(actor), actor)
    require_hub()
    _check_heading(change)
    province = own_province()
    standing = _standing(province, change.from_date)
    faults = faults_of_change(change.lines, standing, _taken(change, standing), change.from_date)
    if faults:
        raise ChangeRefused(faults)
    return _planned(change, province, standing)


@service
def record_unit_change(actor: Actor, *, change: ChangeDescription) -> UUID:
    """Record a change and tell it to every commune; returns its id. Raises what `plan_unit_change` raises."""
    facts = plan_unit_change(actor, change=change)
    _apply(facts, clock.now())
    tell_communes(actor, facts, communes=())
    return facts.change_id


@service
def withdraw_unit_change(actor: Actor, *, change_id: UUID, reason: str) -> None:
    """Take a wrongly recorded change back: the units stand as before. Raises `OnlyAtTheHub`, `NotHere`, `BuiltUpon`."""
    require(access.can_record_changes(actor), actor)
    require_hub()
    said = nfc(reason).strip()[:300]
    if not said:
        raise Invalid(_("Say why, in one sentence."), fields={"reason": _("Say why, in one sentence.")})
    _take_back(change_id, said, clock.now())
    tell_communes(actor, UnitsChangeWithdrawn(change_id=change_id, reason=said), communes=())


@service
def take_unit_change(actor: Actor, *, told: UnitsChanged, told_at: datetime) -> None:
    """Write down a change that the hub told. Raises `Invalid` when it does not fit the units that are known here."""
    require(actor.is_system, actor)
    if UnitChange.objects.filter(pk=told.change_id).exists():
        return
    _apply(told, told_at)


@service
def take_unit_change_back(actor: Actor, *, told: UnitsChangeWithdrawn, told_at: datetime) -> None:
    """Write down that the hub took a change back; nothing happens where it was taken back already."""
    require(actor.is_system, actor)
    if UnitChange.objects.filter(pk=told.change_id, withdrawn_at=None).exists():
        _take_back(told.change_id, told.reason, told_at)


def _check_heading(change: ChangeDescription) -> None:
    fields: dict[str, Text] = {}
    if not change.legal_basis.strip():
        fields["legal_basis"] = _("Write number and date of the resolution.")
    if change.from_date <= FIRST_DAY:
        fields["from_date"] = _("Changes until 1 July 2025 came with the program.")
    if not change.lines:
        fields["table"] = _("The table is empty: one line for each commune that ends.")
    if len(change.lines) > MOST_LINES:
        fields["table"] = _("A table has at most %(most)d lines.") % {"most": MOST_LINES}
    if fields:
        raise Invalid(fields=fields)


def _standing(province: str, day: date) -> dict[str, Standing]:
    """The communes of the province on the day before, by code."""
    rows = AdminUnit.objects.on(day - timedelta(days=1)).filter(level=Level.COMMUNE, province_code=province)
    return {row.code: Standing(row.valid_from, row.valid_to) for row in rows}


def _taken(change: ChangeDescription, standing: dict[str, Standing]) -> set[str]:
    """Codes of the table that a unit has on the day or later, of those that do not end by it."""
    codes = {line.code for line in change.lines}
    leaving = {line.former_code for line in change.lines} & standing.keys()
    ending = [area_id(code, standing[code].valid_from) for code in leaving]
    later = AdminUnit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=change.from_date), code__in=codes)
    return set(later.exclude(pk__in=ending).values_list("code", flat=True))


def _planned(change: ChangeDescription, province: str, standing: dict[str, Standing]) -> UnitsChanged:
    day = change.from_date
    parts: dict[str, list[str]] = {}
    for line in change.lines:
        parts.setdefault(line.former_code, []).append(line.code)
    begun = {
        line.code: BegunUnit(
            code=line.code, kind=kind_of(line.kind), name=line.name, name_en=line.name_en or without_marks(line.name)
        )
        for line in change.lines
        if line.begins
    }
    return UnitsChanged(
        change_id=new_id(),
        province_code=province,
        legal_basis=nfc(change.legal_basis).strip()[:200],
        from_date=day,
        ended=tuple(EndedUnit(code=code, valid_from=standing[code].valid_from) for code in parts),
        begun=tuple(begun.values()),
        places=tuple(
            PlaceTaken(
                former_code=former,
                former_from=standing[former].valid_from,
                code=code,
                valid_from=day if code in begun else standing[code].valid_from,
                whole=len(codes) == 1,
                likeliest=place == 0,
            )
            for former, codes in parts.items()
            for place, code in enumerate(codes)
        ),
    )


def _apply(facts: UnitsChanged, at: datetime) -> None:
    """Write a change into the table of units, whole or not at all."""
    ending = [area_id(unit.code, unit.valid_from) for unit in facts.ended]
    if AdminUnit.objects.filter(pk__in=ending, valid_to=None).update(valid_to=facts.from_date) != len(ending):
        raise Invalid(_("This change does not fit the units that are known here."))
    AdminUnit.objects.bulk_create([_unit(unit, facts) for unit in facts.begun])
    Succession.objects.bulk_create(
        Succession(
            former_id=area_id(place.former_code, place.former_from),
            successor_id=area_id(place.code, place.valid_from),
            relation=Succession.Relation.WHOLE if place.whole else Succession.Relation.PART,
            is_likeliest=place.likeliest,
        )
        for place in facts.places
    )
    codes = [*(unit.code for unit in facts.ended), *(unit.code for unit in facts.begun)]
    names = " ".join([*(unit.name for unit in facts.begun), *codes])
    UnitChange.objects.create(
        id=facts.change_id,
        province_code=facts.province_code,
        legal_basis=facts.legal_basis,
        folded=fold(f"{facts.legal_basis} {names}")[:1000],
        from_date=facts.from_date,
        facts=to_body(facts),
        recorded_at=at,
    )


def _unit(unit: BegunUnit, facts: UnitsChanged) -> AdminUnit:
    folded = fold(unit.name)
    return AdminUnit(
        id=area_id(unit.code, facts.from_date),
        code=unit.code,
        level=Level.COMMUNE,
        kind=unit.kind,
        name=unit.name,
        name_en=unit.name_en,
        parent_code=facts.province_code,
        province_code=facts.province_code,
        valid_from=facts.from_date,
        folded=folded,
        matching_key=key_of_folded(folded),
        sort_name=alphabet_key(unit.name),
    )


def _take_back(change_id: UUID, reason: str, at: datetime) -> None:
    change = UnitChange.objects.filter(pk=change_id).first()
    claimed = UnitChange.objects.filter(pk=change_id, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_reason=reason
    )
    if change is None or not claimed:
        raise NotHere(_("This change was taken back already."))
    day = change.from_date
    begun = [area_id(unit["code"], day) for unit in change.facts["begun"]]
    ended = [area_id(unit["code"], date.fromisoformat(unit["valid_from"])) for unit in change.facts["ended"]]
    later = Succession.objects.filter(former__in=begun).exists()
    if later or AdminUnit.objects.filter(pk__in=begun, valid_to__isnull=False).exists():
        raise BuiltUpon()
    Succession.objects.filter(former__in=ended).delete()
    AdminUnit.objects.filter(pk__in=begun).delete()
    AdminUnit.objects.filter(pk__in=ended, valid_to=day).update(valid_to=None)
