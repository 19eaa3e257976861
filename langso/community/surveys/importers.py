"""The importer of RHoMIS files: one household a row, columns as the survey's own tool names them."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from langso.community.surveys import queries, services
from langso.community.surveys.rules import rhomis
from langso.community.surveys.services import NewAnswer, NewRound
from langso.kernel.access.actors import Actor
from langso.kernel.errors import Text
from langso.kernel.imports.importer import Checked, Importer, ImportField, Kept, Row, register
from langso.kernel.imports.values import Reading

T = TypeVar("T")

SOURCE = (
    "Gorman, Hammond, Frelat, Caulfield and others: RHoMIS, the Rural Household Multi-Indicator Survey, "
    "version 1, 2025, doi:10.7910/DVN/WS38SA"
)
LICENCE = "CC0 1.0"

CROPS = range(1, 6)
CROPS_WITH_DETAILS = range(1, 4)
"""For the fourth and fifth crop only the name was asked."""


def _crop_fields(number: int) -> Iterator[ImportField]:
    yield ImportField(f"crop_name_{number}", format_lazy(_("Crop {number}"), number=number), example="rice")
    if number not in CROPS_WITH_DETAILS:
        return
    for name, label in (
        ("crop_harvest_kg_per_year", _("Harvest of crop {number}, kg a year")),
        ("crop_income_per_year", _("Income from crop {number} a year")),
        ("crop_who_control_revenue", _("Who controls the income from crop {number}")),
    ):
        yield ImportField(f"{name}_{number}", format_lazy(label, number=number))


@register
class RhomisImporter(Importer[NewAnswer]):
    """Key: the household's id. What no field takes is kept in the raw row."""

    kind = "surveys.rhomis"
    title = _("Household survey (RHoMIS)")
    about = _(
        "One row is one household, without names. Every column of the file is kept; these are the ones that are used. "
        "A household that is here already is not added twice."
    )
    fields = (
        ImportField("id_unique", _("Id of the household"), required=True, example="vn_crp_2020_17_1"),
        ImportField("year", _("Year"), required=True, example="2020"),
        ImportField("region", _("Region"), help=_("A province of before July 2025."), example="son_la"),
        ImportField("local_currency", _("Unit of money"), help=_("Kept as told: nobody knows if it was obeyed.")),
        ImportField("respondentsex", _("Sex of the one who answered"), help=_("m, f, or empty."), example="f"),
        ImportField("count_people", _("People in the household"), example="4"),
        ImportField("household_size_derived", _("Sum of the age bands"), example="4"),
        ImportField("landcultivated", _("Land cultivated"), example="1.5"),
        ImportField("unitland", _("Unit of land"), help=_("hectare, m2 or sao."), example="hectare"),
        *(field for number in CROPS for field in _crop_fields(number)),
        ImportField("foodshortagetime", _("Was food short?"), help=_("y, n, or empty."), example="n"),
        *(
            ImportField(name, format_lazy(_("Food insecurity question {number}"), number=number), example="n")
            for number, name in enumerate(rhomis.FIES_QUESTIONS, 1)
        ),
    )

    def check(self, actor: Actor, *, rows: Sequence[Row]) -> list[Checked[NewAnswer]]:
        known = queries.known_households(actor, households=[row["id_unique"] for row in rows])
        return [_check(row, known) for row in rows]

    def save(self, actor: Actor, *, rows: Sequence[Checked[NewAnswer]]) -> list[UUID]:
        return services.add_answers(actor, answers=[checked.value for checked in rows if checked.value])

    def undo(self, actor: Actor, *, object_ids: Sequence[UUID]) -> list[Kept]:
        """Answers are never changed and nothing refers to them, so all can be taken back."""
        services.remove_answers(actor, answer_ids=object_ids)
        return []

    def export(self, actor: Actor) -> Iterable[Mapping[str, str]]:
        return queries.raw_rows(actor)


class _Cells:
    """Reads the cells of one row; what is unusable or was mended goes into its `Reading`."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.reading = Reading(row)
        self.been_read: dict[str, Any] = {}

    def read(self, name: str, read: Callable[[str], T]) -> T | None:
        """The cell through a function that may raise `Unusable`; asked twice, its problem is told once."""
        if name not in self.been_read:
            try:
                self.been_read[name] = read(self.row[name])
            except rhomis.Unusable as unusable:
                self.reading.problem(name, unusable.text)
                self.been_read[name] = None
        found: T | None = self.been_read[name]
        return found

    def mend(self, name: str, read: Callable[[str], rhomis.Read]) -> str | None:
        """The cell through a function that mends."""
        found = read(self.row[name])
        return self.noted(name, (found.value, found.mended))

    def noted(self, name: str, found: tuple[T, Text | None]) -> T:
        """A value, after noting how it was mended."""
        value, mended = found
        if mended is not None:
            self.reading.repair(name, mended)
        return value


def _check(row: Row, known: Mapping[str, tuple[UUID, str]]) -> Checked[NewAnswer]:
    household = row["id_unique"]
    raw = {name: cell for name, cell in (*row.cells.items(), *row.rest.items()) if cell}
    fingerprint = sha256(json.dumps(raw, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    object_id, known_fingerprint = known.get(household, (None, ""))
    if object_id and known_fingerprint == fingerprint:
        return Checked.already(row, object_id, key=household)
    cells = _Cells(row)
    if object_id:
        cells.reading.problem("id_unique", _("This household is here already with other answers. Take it back first."))
    answer = _answer(cells, raw, fingerprint)
    if cells.reading.problems or answer is None:
        return Checked.refuse(row, *cells.reading.problems, key=household, repairs=cells.reading.repairs)
    return Checked.accept(row, answer, key=household, repairs=cells.reading.repairs)


def _answer(cells: _Cells, raw: dict[str, str], fingerprint: str) -> NewAnswer | None:
    row = cells.row
    found = cells.read("id_unique", lambda household: rhomis.round_of(household, row["year"]))
    land = _land(cells)
    crops = [_crop(cells, number) for number in CROPS if row[f"crop_name_{number}"]]
    income_control = cells.noted("crop_who_control_revenue_1", rhomis.control(row["crop_who_control_revenue_1"]))
    told, by_age = cells.read("count_people", rhomis.number), cells.read("household_size_derived", rhomis.number)
    food = {name: cells.read(name, rhomis.yes_no) for name in rhomis.FIES_QUESTIONS}
    respondent_sex = cells.read("respondentsex", rhomis.sex)
    if found is None or respondent_sex is None:
        return None
    return NewAnswer(
        round=_round(*found),
        household=row["id_unique"],
        region_told=row["region"],
        respondent_sex=respondent_sex,
        people=cells.noted("count_people", rhomis.people(told, by_age)),
        crops=crops,
        income_told=cells.read("crop_income_per_year_1", rhomis.number),
        income_unit_told=row["local_currency"],
        income_control=list(income_control) if income_control else None,
        is_short_of_food=cells.read("foodshortagetime", rhomis.yes_no),
        fies_score=rhomis.fies_score(food),
        raw=raw,
        fingerprint=fingerprint,
        **land,
    )


def _land(cells: _Cells) -> dict[str, Any]:
    """The columns about place and land, which are converted together."""
    province = cells.mend("region", rhomis.province)
    unit = cells.mend("unitland", rhomis.land_unit)
    told = cells.read("landcultivated", rhomis.number)
    area = cells.noted("landcultivated", rhomis.land_ha(told, unit, province))
    return {"province": province or "", "land_told": told, "land_unit": unit or "", "land_ha": area}


def _crop(cells: _Cells, number: int) -> dict[str, Any]:
    """One crop as it is stored: name, and where it was asked harvest in kg, income as told, and who controls it."""
    name = cells.mend(f"crop_name_{number}", rhomis.crop)
    if number not in CROPS_WITH_DETAILS:
        return {"name": name}
    harvest = cells.read(f"crop_harvest_kg_per_year_{number}", rhomis.number)
    income = cells.read(f"crop_income_per_year_{number}", rhomis.number)
    told = cells.row[f"crop_who_control_revenue_{number}"]
    control, mended = rhomis.control(told)
    if number > 1 and mended is not None:
        cells.reading.repair(f"crop_who_control_revenue_{number}", mended)
    return {
        "name": name,
        "harvest_kg": None if harvest is None else str(harvest),
        "income_told": None if income is None else str(income),
        "control": control and list(control),
    }


def _round(code: str, year: int) -> NewRound:
    return NewRound(code=code, name=f"RHoMIS {year} ({code})", year=year, source=SOURCE, licence=LICENCE)
