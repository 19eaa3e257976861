"""What the screens and the importer read of surveys. Figures are protected; single answers name nobody."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.community.surveys.access import can_see_surveys
from langso.community.surveys.models import HouseholdAnswer, Sex, SurveyRound
from langso.community.surveys.rules.rhomis import PROVINCES, by_gender
from langso.community.surveys.rules.suppression import protect, showable
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere, Text


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table. None is a hidden figure; `total` is of the sexes that are shown."""

    label: str
    cells: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of households by something and by the sex of the one who answered."""

    title: str
    rows: tuple[TableRow, ...]
    column_totals: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class RoundCard:
    """One survey round with its protected tables.

    `sexes` are the columns; `left_out` the sexes of fewer than five households, which are in no figure at all, so that
    no total gives them back.
    """

    id: UUID
    code: str
    name: str
    year: int
    source: str
    licence: str
    place: str
    sexes: tuple[str, ...]
    left_out: tuple[str, ...]
    tables: tuple[Table, ...]


def known_households(actor: Actor, *, households: Sequence[str]) -> dict[str, tuple[UUID, str]]:
    """Id and fingerprint of the answers that are here already, by household."""
    require(can_see_surveys(actor), actor)
    found = HouseholdAnswer.objects.filter(household__in=households)
    return {household: (pk, mark) for household, pk, mark in found.values_list("household", "pk", "fingerprint")}


def raw_rows(actor: Actor) -> Iterator[dict[str, str]]:
    """Every answer of the commune as it came, by column name."""
    require(can_see_surveys(actor), actor)
    rows = HouseholdAnswer.objects.order_by("round__code", "household").values_list("raw", flat=True)
    return rows.iterator(chunk_size=1000)


def round_card(actor: Actor, *, round_id: UUID) -> RoundCard:
    """One survey round with its tables. `NotHere` when the commune has no such round."""
    found = _round_in_scope(actor, round_id)
    told = [_Told(*row) for row in found.answers.values_list(*_Told._fields)]
    totals = Counter(row.respondent_sex for row in told)
    may_be_shown = dict(zip(Sex.values, showable([totals[sex] for sex in Sex.values]), strict=True))
    sexes = [sex for sex in Sex.values if may_be_shown[sex]]
    counted = [row for row in told if may_be_shown[row.respondent_sex]]
    return RoundCard(
        id=found.id,
        code=found.code,
        name=found.name,
        year=found.year,
        source=found.source,
        licence=found.licence,
        place=found.place,
        sexes=tuple(str(Sex(sex).label) for sex in sexes),
        left_out=tuple(str(Sex(sex).label) for sex in Sex.values if not may_be_shown[sex]),
        tables=tuple(_table(view, counted, sexes) for view in _VIEWS),
    )


class _Told(NamedTuple):
    """What the tables count of one household."""

    respondent_sex: str
    province: str
    land_ha: Decimal | None
    income_control: list[str] | None
    is_short_of_food: bool | None
    fies_score: int | None


@dataclass(frozen=True, slots=True)
class _View:
    """One table: its title, its lines in order, and the line that a household belongs to."""

    title: Text
    lines: Mapping[str, Text]
    line_of: Callable[[_Told], str]


_NOT_KNOWN: Final = _("Not known")


def _land_class(told: _Told) -> str:
    if told.land_ha is None:
        return ""
    return next(name for name, least in _LAND_CLASSES if told.land_ha >= least)


_LAND_CLASSES: Final = (("3", Decimal(3)), ("1", Decimal(1)), ("0.5", Decimal("0.5")), ("0", Decimal(0)))


def _fies_class(told: _Told) -> str:
    if told.fies_score is None:
        return ""
    return next(name for name, most in (("0", 0), ("1-3", 3), ("4-6", 6), ("7-8", 8)) if told.fies_score <= most)


CONTROLS: Final = {"WOMEN": _("Women"), "MEN": _("Men"), "BOTH": _("Women and men together"), "UNKNOWN": _NOT_KNOWN}
"""Who has a say over an income, as `rules.rhomis.by_gender` tells it."""

_VIEWS: Final = (
    _View(
        _("Province before July 2025"),
        {**{code: province.name for code, province in PROVINCES.items()}, "": _NOT_KNOWN},
        lambda told: told.province,
    ),
    _View(
        _("Who controls the income from the first crop"),
        CONTROLS,
        lambda told: by_gender(told.income_control),
    ),
    _View(
        _("Land cultivated"),
        {
            "0": _("Less than 0.5 ha"),
            "0.5": _("0.5 to less than 1 ha"),
            "1": _("1 to less than 3 ha"),
            "3": _("3 ha and more"),
            "": _NOT_KNOWN,
        },
        _land_class,
    ),
    _View(
        _("Was food short in some months?"),
        {"True": _("Yes"), "False": _("No"), "None": _NOT_KNOWN},
        lambda told: str(told.is_short_of_food),
    ),
    _View(
        _("Food insecurity: yeses to eight questions (FIES raw score)"),
        {"0": _("None"), "1-3": _("1 to 3"), "4-6": _("4 to 6"), "7-8": _("7 or 8"), "": _NOT_KNOWN},
        _fies_class,
    ),
)


def _table(view: _View, told: Sequence[_Told], sexes: Sequence[str]) -> Table:
    counts = Counter((view.line_of(row), row.respondent_sex) for row in told)
    lines = [line for line in view.lines if any(counts[line, sex] for sex in sexes)]
    table = protect([[counts[line, sex] for sex in sexes] for line in lines])
    return Table(
        title=str(view.title),
        rows=tuple(
            TableRow(str(view.lines[line]), cells, total)
            for line, cells, total in zip(lines, table.cells, table.row_totals, strict=True)
        ),
        column_totals=table.column_totals or (0,) * len(sexes),
        total=table.total,
    )


def _round_in_scope(actor: Actor, round_id: UUID) -> SurveyRound:
    require(can_see_surveys(actor), actor)
    found = SurveyRound.objects.filter(pk=round_id).first()
    if found is None:
        raise NotHere()
    return found
