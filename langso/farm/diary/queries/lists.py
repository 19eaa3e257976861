"""The list of allowed inputs as people read it. Public."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from langso.farm.diary.models import InputKind, InputList
from langso.kernel.errors import Text


@dataclass(frozen=True, slots=True)
class ListedProduct:
    """`max_per_ha` in `unit` per hectare; None where the list says nothing."""

    code: str
    name: str
    kind: str
    kind_name: Text
    active_ingredient: str
    unit: str
    max_per_ha: Decimal | None
    pre_harvest_days: int | None
    organic: bool
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Edition:
    """The newest edition of the list; `official` only when an authority issued it."""

    title: str
    source: str
    official: bool
    loaded_at: datetime
    products: tuple[ListedProduct, ...]


def current_edition() -> Edition | None:
    """The newest edition with its products by name, None when no list was ever loaded."""
    row = InputList.objects.order_by("-loaded_at", "-id").first()
    if row is None:
        return None
    products = [
        ListedProduct(
            code=line.code,
            name=line.name,
            kind=line.kind,
            kind_name=InputKind(line.kind).label,
            active_ingredient=line.active_ingredient,
            unit=line.unit,
            max_per_ha=line.max_per_ha,
            pre_harvest_days=line.pre_harvest_days,
            organic=line.organic,
            valid_from=line.valid_from,
            valid_to=line.valid_to,
        )
        for line in row.products.order_by("kind", "name", "valid_from")
    ]
    return Edition(row.title, row.source, row.official, row.loaded_at, tuple(products))
