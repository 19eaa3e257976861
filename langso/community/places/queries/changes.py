"""Changes of communes that the province recorded, as their readers see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from langso.community.places import access
from langso.community.places.events import UnitsChanged
from langso.community.places.models import AdminUnit, Level, UnitChange
from langso.community.places.models.units import VIETNAMESE_KIND, Kind
from langso.community.places.queries.units import UnitCard, card_of
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere
from langso.kernel.link.receipts import Receipt, Told, receipts_of


@dataclass(frozen=True, slots=True)
class PartCard:
    """Into which commune something goes. `begins`: that one begins with the change."""

    code: str
    name: str
    begins: bool


@dataclass(frozen=True, slots=True)
class EndedCard:
    """A commune that ends with a change, and into which it goes: one, or several parts."""

    code: str
    name: str
    valid_from: date
    parts: tuple[PartCard, ...]


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """A change by law. `withdrawn_at`: None while it stands."""

    id: UUID
    legal_basis: str
    from_date: date
    ended: tuple[EndedCard, ...]
    recorded_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class ComingEnd:
    """A commune that ends on a day, by law, and what takes its place."""

    unit: UnitCard
    legal_basis: str
    change_id: UUID
    parts: tuple[PartCard, ...]


def change_card(actor: Actor, *, change_id: UUID) -> ChangeCard:
    """One change. Raises `NotHere`."""
    require(access.can_see_registers(actor), actor)
    row = UnitChange.objects.filter(pk=change_id).first()
    if row is None:
        raise NotHere(_("There is no such change."))
    return ChangeCard(
        id=row.pk,
        legal_basis=row.legal_basis,
        from_date=row.from_date,
        ended=_ended(row.facts),
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
    )


def planned_card(facts: UnitsChanged, *, body: dict[str, Any]) -> ChangeCard:
    """A change that is only planned, as its page would show it; `body`: the same facts as an event's body."""
    return ChangeCard(facts.change_id, facts.legal_basis, facts.from_date, _ended(body), None, None, "")


def coming_end(code: str) -> ComingEnd | None:
    """Whether the commune that has this code today ends on a day that is known, and what then takes its place."""
    today = clock.today()
    row = AdminUnit.objects.on(today).filter(level=Level.COMMUNE, code=code, valid_to__isnull=False)
    unit = row.with_province(today).first()
    if unit is None or unit.valid_to is None:
        return None
    changes = UnitChange.objects.filter(from_date=unit.valid_to, withdrawn_at=None)
    for change in changes:
        for ended in _ended(change.facts):
            if ended.code == code:
                return ComingEnd(card_of(unit), change.legal_basis, change.pk, ended.parts)
    return None


def change_receipts(actor: Actor, *, change_id: UUID) -> list[Receipt]:
    """Every commune of the province, with whether its box has the change. Raises `NotHere`, also on a box."""
    require(access.can_see_change_receipts(actor), actor)
    card = change_card(actor, change_id=change_id)
    about = {"change_id": str(change_id)}
    withdrawn = Told("community.places.units_change_withdrawn", about) if card.withdrawn_at else None
    return receipts_of(Told("community.places.units_changed", about), withdrawn=withdrawn, communes=())


def _ended(facts: dict[str, Any]) -> tuple[EndedCard, ...]:
    begun = {unit["code"]: f"{VIETNAMESE_KIND[Kind(unit['kind'])]} {unit['name']}" for unit in facts["begun"]}
    wanted = [(unit["code"], unit["valid_from"]) for unit in (*facts["ended"], *facts["places"])]
    rows = AdminUnit.objects.in_bulk([f"{code}-{day}" for code, day in wanted])
    names = {(row.code, row.valid_from.isoformat()): row.full_name for row in rows.values()}
    return tuple(
        EndedCard(
            code=unit["code"],
            name=names.get((unit["code"], unit["valid_from"]), ""),
            valid_from=date.fromisoformat(unit["valid_from"]),
            parts=tuple(
                PartCard(
                    code=place["code"],
                    name=begun.get(place["code"]) or names.get((place["code"], place["valid_from"]), ""),
                    begins=place["code"] in begun,
                )
                for place in facts["places"]
                if place["former_code"] == unit["code"]
            ),
        )
        for unit in facts["ended"]
    )
