"""Mass is never created: what comes out of an act, with what is lost, is at most what went in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from langso.kernel.units import Unit, UnitsDiffer, convert

PLACES = Decimal("0.001")
"""Quantities are kept to a thousandth of their unit: a gram of a kilogram."""


class MassCreated(ValueError):
    """More would come out than went in. `excess` is by how much, in the unit of the first input."""

    def __init__(self, excess: Decimal, unit: Unit) -> None:
        super().__init__(f"{excess} {unit} too much")
        self.excess = excess
        self.unit = unit


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity with its unit, zero or more."""

    quantity: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Balance:
    """What went in, came out, was lost and is not accounted for, all in `unit`; taken = made + lost + unaccounted."""

    unit: Unit
    taken: Decimal
    made: Decimal
    lost: Decimal
    unaccounted: Decimal


def balance(taken: Sequence[Amount], made: Sequence[Amount], lost: Amount | None) -> Balance:
    """The balance of one act, in the unit of the first input.

    Without a stated loss, all that is missing counts as lost (drying, peeling, milling); with one, the rest stays
    visible as unaccounted. Raises `MassCreated`, `UnitsDiffer` for what cannot be weighed against each other, and
    `ValueError` for an act without inputs or outputs or with a quantity that is not positive.
    """
    if not taken or not made:
        raise ValueError("an act has inputs and outputs")
    if any(amount.quantity <= 0 for amount in (*taken, *made)) or (lost is not None and lost.quantity < 0):
        raise ValueError("quantities are positive")
    unit = taken[0].unit
    went_in, came_out = total(taken, unit), total(made, unit)
    rest = went_in - came_out
    gone = rest if lost is None else convert(lost.quantity, lost.unit, unit)
    if rest < 0 or gone > rest:
        raise MassCreated(gone - rest if lost is not None else -rest, unit)
    return Balance(unit, went_in, came_out, gone, rest - gone)


def total(amounts: Sequence[Amount], unit: Unit) -> Decimal:
    """The sum in one unit. Raises `UnitsDiffer`."""
    return sum((convert(amount.quantity, amount.unit, unit) for amount in amounts), Decimal(0))


def packs_in(whole: Amount, content: Amount) -> int | None:
    """How many packs of this content make the whole, or None when they do not come out even. Raises `UnitsDiffer`."""
    packs = whole.quantity / convert(content.quantity, content.unit, whole.unit)
    return int(packs) if packs == int(packs) else None


def writable(amount: Amount, units: Sequence[Unit]) -> Amount:
    """The same amount in the first of the units, its own before, in which it has at most three decimals.

    A sum of quantities that each have three decimals has three decimals in the smallest of their units.
    """
    for unit in (amount.unit, *units):
        quantity = convert(amount.quantity, amount.unit, unit)
        if quantity == quantity.quantize(PLACES):
            return Amount(quantity.quantize(PLACES), unit)
    raise ValueError(f"{amount} cannot be written with three decimals")


__all__ = ["PLACES", "Amount", "Balance", "MassCreated", "UnitsDiffer", "balance", "packs_in", "total", "writable"]
