"""What amounts of the diary are counted in: the platform's units of goods, and the measures of work."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Text
from langso.kernel.units import UNIT_NAMES, Unit, convert, same_measure

HOUR: Final = "HOUR"
CM: Final = "CM"
OF_100: Final = "OF_100"

INPUT_UNITS: Final = (Unit.KG, Unit.G, Unit.LITRE, Unit.ML, Unit.BAG, Unit.BOTTLE, Unit.PIECE)
"""Units in which inputs are bought and used."""

NAMES: Final[Mapping[str, Text]] = {
    **{unit.value: name for unit, name in UNIT_NAMES.items()},
    HOUR: _("hours"),
    CM: _("cm"),
    OF_100: _("of 100"),
}
STEPS: Final[Mapping[str, int]] = {Unit.ML: 10, Unit.G: 10, Unit.KG: 5, Unit.PIECE: 10, CM: 5}
"""What one touch of plus adds to an amount; 1 for other units."""
UNIT_CHOICES: Final = [(code, name) for code, name in NAMES.items()]


def in_base_unit(amount: Decimal, unit: str) -> tuple[Decimal, str]:
    """The amount in g or ml where it is a weight or a volume; as it stands otherwise."""
    for base in (Unit.G, Unit.ML):
        if unit in Unit.__members__ and same_measure(Unit(unit), base):
            return convert(amount, Unit(unit), base), base.value
    return amount, unit
