"""Units: what goods are counted in, wherever they are grown, kept, sold or traced. Quantities are `Decimal`."""

from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _


class Unit(StrEnum):
    """Weights and volumes convert into each other; the others count things and do not."""

    G = "G"
    KG = "KG"
    QUINTAL = "QUINTAL"
    TONNE = "TONNE"
    ML = "ML"
    LITRE = "LITRE"
    PIECE = "PIECE"
    BUNCH = "BUNCH"
    HEAD = "HEAD"
    BAG = "BAG"
    BOX = "BOX"
    BOTTLE = "BOTTLE"
    JAR = "JAR"


UNIT_NAMES: Final = {
    Unit.G: _("g"),
    Unit.KG: _("kg"),
    Unit.QUINTAL: _("quintal (100 kg)"),
    Unit.TONNE: _("tonne"),
    Unit.ML: _("ml"),
    Unit.LITRE: _("litre"),
    Unit.PIECE: _("piece"),
    Unit.BUNCH: _("bunch"),
    Unit.HEAD: _("head"),
    Unit.BAG: _("bag"),
    Unit.BOX: _("box"),
    Unit.BOTTLE: _("bottle"),
    Unit.JAR: _("jar"),
}

_SIZES: Final[dict[Unit, tuple[str, Decimal]]] = {
    Unit.G: ("weight", Decimal(1)),
    Unit.KG: ("weight", Decimal(1_000)),
    Unit.QUINTAL: ("weight", Decimal(100_000)),
    Unit.TONNE: ("weight", Decimal(1_000_000)),
    Unit.ML: ("volume", Decimal(1)),
    Unit.LITRE: ("volume", Decimal(1_000)),
}

MEASURES: Final = tuple(_SIZES)
"""Units that a pack's content may be given in."""
CONTAINERS: Final = (Unit.BAG, Unit.BOX, Unit.BOTTLE, Unit.JAR, Unit.BUNCH, Unit.PIECE)
"""Units that goods are packed in."""


class UnitsDiffer(ValueError):
    """The two units measure different things: there is no number that turns one into the other."""


def same_measure(one: Unit, other: Unit) -> bool:
    """Whether a quantity in one unit can be written in the other."""
    return one == other or (one in _SIZES and other in _SIZES and _SIZES[one][0] == _SIZES[other][0])


def convert(quantity: Decimal, unit: Unit, to: Unit) -> Decimal:
    """The same quantity in another unit, exactly. Raises `UnitsDiffer` (kilograms into bags, litres into kilograms)."""
    if unit == to:
        return quantity
    if not same_measure(unit, to):
        raise UnitsDiffer(f"{unit} cannot be written in {to}")
    return quantity * _SIZES[unit][1] / _SIZES[to][1]
