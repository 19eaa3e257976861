"""How many labels may be printed for a lot, and when a print counts as a reprint."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from langso.kernel.units import Unit, convert, same_measure

SPARE = Decimal("1.05")
"""Five labels in a hundred may be spoilt without a word."""
ONE_SHEET = 24
"""Even the smallest lot may have one sheet."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """`free` more labels need no reason; after them it is a reprint with a reason; `left` more is the end."""

    free: int
    left: int


def pieces_to_label(*, quantity: Decimal, unit: Unit, packs: int | None) -> int:
    """How many things of a lot can carry a label: its packs, or each kilogram, litre or piece while it is loose."""
    if packs is not None:
        return packs
    for whole in (Unit.KG, Unit.LITRE):
        if same_measure(unit, whole):
            quantity = convert(quantity, unit, whole)
    return int(quantity.to_integral_value(ROUND_CEILING))


def allowance(*, pieces: int, printed: int) -> Allowance:
    """What may still be printed for a lot of so many pieces of which so many labels exist.

    A label more than there are pieces is a label for goods that came from elsewhere. So labels are counted: 5 % spare
    ones are free, a damaged sheet is printed again with a reason, and three times the pieces is the end.
    """
    free = max(ONE_SHEET, int((pieces * SPARE).to_integral_value(ROUND_CEILING)))
    return Allowance(free=max(0, free - printed), left=max(0, 3 * free - printed))


def grouped(code: str) -> str:
    """The code in groups of four, as people read it aloud: "KV7P-2M9X-4T3"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
