"""Quantities as people read them, in the active language."""

from decimal import Decimal

from django.utils.formats import number_format

from langso.kernel.units import UNIT_NAMES, Unit
from langso.trade.trace.models import Lot


def quantity_text(quantity: Decimal, unit: Unit) -> str:
    """`Decimal("1250.500")` kg as "1.250,5 kg" in Vietnamese, "1,250.5 kg" in English."""
    plain = quantity.normalize()
    shown = plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
    return f"{number_format(shown, force_grouping=True)}\u00a0{UNIT_NAMES[unit]}"


def pack_text(lot: Lot) -> str:
    """What one pack holds and how many there are: "360 × 500 g"; empty while the lot is not packed."""
    if lot.pack_count is None or lot.pack_content is None:
        return ""
    return packs_text(lot.pack_count, lot.pack_content, Unit(lot.pack_content_unit))


def packs_text(count: int, content: Decimal, unit: Unit) -> str:
    """ "360 × 500 g"."""
    return f"{number_format(count, force_grouping=True)} × {quantity_text(content, unit)}"
