"""Reads of the state's units. Codes were reused in 2025: every look-up has a day, today when none is given."""

from dataclasses import dataclass
from datetime import date

from langso.community.places.models import AdminUnit, Level
from langso.community.places.models.units import VIETNAMESE_KIND, Kind
from langso.kernel import clock
from langso.kernel.errors import NotHere


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A province, district or commune as it stands from `valid_from` until the day before `valid_to`.

    `full_name` has its kind in front ("Xã Bình Lư"); `name_en` is empty for units that ended in 2025. A province is its
    own province. The pair (`code`, `valid_from`) names the unit; the code alone does not.
    """

    code: str
    level: str
    kind: str
    name: str
    full_name: str
    name_en: str
    parent_code: str
    province_code: str
    province_name: str
    valid_from: date
    valid_to: date | None

    @property
    def with_province(self) -> str:
        """The name by which one knows it in the whole country: "Xã Bình Lư, Lai Châu"."""
        return f"{self.full_name}, {self.province_name}" if self.level == Level.COMMUNE else self.full_name


def commune_card(code: str, *, on_date: date | None = None) -> UnitCard:
    """The commune with this five-digit code on that day (today). Raises `NotHere`."""
    return _one(Level.COMMUNE, code, on_date)


def latest_commune_card(code: str) -> UnitCard:
    """The commune with this code today, or as it last was where it has ended. Raises `NotHere`."""
    row = AdminUnit.objects.with_province().latest_commune(code, clock.today())
    if row is None:
        raise NotHere()
    return card_of(row)


def province_card(code: str, *, on_date: date | None = None) -> UnitCard:
    """The province with this two-digit code on that day (today). Raises `NotHere`."""
    return _one(Level.PROVINCE, code, on_date)


def communes_of(province_code: str, *, on_date: date | None = None) -> list[UnitCard]:
    """The communes of a province on that day (today), in the Vietnamese alphabet's order. Empty for an unknown one."""
    day = on_date or clock.today()
    rows = AdminUnit.objects.on(day).filter(level=Level.COMMUNE, province_code=province_code)
    return [card_of(row) for row in rows.with_province(day).order_by("sort_name", "code")]


def provinces(*, on_date: date | None = None) -> list[UnitCard]:
    """All provinces on that day (today), in the order of the Vietnamese alphabet."""
    day = on_date or clock.today()
    rows = AdminUnit.objects.on(day).filter(level=Level.PROVINCE).with_province(day)
    return [card_of(row) for row in rows.order_by("sort_name", "code")]


def unit_card(code: str, *, valid_from: date) -> UnitCard:
    """The unit that has this code since that day, standing or not, of whatever level. Raises `NotHere`."""
    row = AdminUnit.objects.filter(code=code, valid_from=valid_from).with_province().first()
    if row is None:
        raise NotHere()
    return card_of(row)


def predecessors_of(code: str, *, valid_from: date) -> list[UnitCard]:
    """The units that this one was made from, wholly or in part, by name."""
    rows = AdminUnit.objects.filter(successions__successor__code=code, successions__successor__valid_from=valid_from)
    return [card_of(row) for row in rows.with_province().order_by("folded", "code")]


def cards_of(unit_ids: list[str]) -> dict[str, UnitCard]:
    """Cards by the ids of rows, in that order, each with its province as it was named on the unit's first day."""
    rows = AdminUnit.objects.filter(pk__in=unit_ids).with_province().in_bulk()
    return {unit_id: card_of(rows[unit_id]) for unit_id in unit_ids}


def card_of(row: AdminUnit) -> UnitCard:
    """The card of a row that was read `with_province`."""
    return UnitCard(
        code=row.code,
        level=row.level,
        kind=row.kind,
        name=row.name,
        full_name=row.full_name,
        name_en=row.name_en,
        parent_code=row.parent_code,
        province_code=row.province_code,
        province_name=_province_name(row),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _province_name(row: AdminUnit) -> str:
    kind, name = getattr(row, "province_kind", None), getattr(row, "province_name", None)
    return f"{VIETNAMESE_KIND[Kind(kind)].lower()} {name}" if kind else ""


def _one(level: Level, code: str, on_date: date | None) -> UnitCard:
    day = on_date or clock.today()
    row = AdminUnit.objects.on(day).filter(level=level, code=code).with_province(day).first()
    if row is None:
        raise NotHere()
    return card_of(row)
