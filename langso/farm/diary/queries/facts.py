"""What the rules need to know of a season, in six queries whatever its length."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from langso.farm.diary.measures import in_base_unit
from langso.farm.diary.models import (
    Entry,
    Finding,
    HarvestVersion,
    HazardVersion,
    InputVersion,
    ListedInput,
    WorkVersion,
)
from langso.farm.diary.rules import (
    EntryFacts,
    HarvestFacts,
    HazardFacts,
    InputLines,
    ListedFacts,
    SeasonFacts,
    WorkFacts,
)
from langso.farm.plots.queries import SeasonCard
from langso.kernel import clock


def season_facts(season: SeasonCard) -> SeasonFacts:
    return SeasonFacts(
        plot_kind=season.plot.kind,
        area_m2=season.plot.area_m2,
        standard=season.standard,
        start_date=season.start_date,
        closed_date=season.closed_date,
    )


def entry_facts(season_id: UUID) -> list[EntryFacts]:
    """All standing entries of a season as the rules see them."""
    return [*work_facts(season_id), *_harvest_facts(season_id), *_hazard_facts(season_id)]


def work_facts(season_id: UUID) -> list[WorkFacts]:
    """The standing field works of a season, each with what is known today of the input it used."""
    works = list(
        WorkVersion.objects.select_related("entry").filter(
            entry__season_id=season_id, entry__struck=False, number=F("entry__version")
        )
    )
    bought = current_inputs({work.input_id for work in works if work.input_id})
    return [_work(work, bought.get(work.input_id) if work.input_id else None) for work in works]


def current_inputs(entry_ids: set[UUID]) -> dict[UUID, InputVersion]:
    """The current version of these inputs by their entry's id, struck ones too: they were used all the same."""
    rows = InputVersion.objects.filter(entry__in=entry_ids, number=F("entry__version"))
    return {row.entry_id: row for row in rows}


def input_lines(works: Iterable[EntryFacts]) -> InputLines:
    """The lines of the newest edition for the products that were used, by code."""
    codes = {work.listed_code for work in works if isinstance(work, WorkFacts) and work.listed_code}
    if not codes:
        return {}
    lines: dict[str, list[ListedFacts]] = defaultdict(list)
    for line in ListedInput.objects.all().current().filter(code__in=codes):
        lines[line.code].append(
            ListedFacts(
                code=line.code,
                unit=line.unit,
                max_per_ha=line.max_per_ha,
                pre_harvest_days=line.pre_harvest_days,
                organic=line.organic,
                valid_from=line.valid_from,
                valid_to=line.valid_to,
            )
        )
    return dict(lines)


def _work(work: WorkVersion, bought: InputVersion | None) -> WorkFacts:
    intervals = (work.pre_harvest_days, bought.pre_harvest_days if bought else None)
    amount, unit = in_base_unit(work.amount, work.unit)
    return WorkFacts(
        entry_id=work.entry_id,
        on_date=work.on_date,
        recorded_date=clock.local_date(work.entry.recorded_at),
        input_kind=work.input_kind,
        input_name=work.input_name,
        listed_code=(bought.listed_code if bought else "") or work.listed_code,
        amount=amount,
        unit=unit,
        area_m2=work.area_m2,
        intervals=tuple(days for days in intervals if days is not None),
        expiry_date=bought.expiry_date if bought else None,
    )


def _harvest_facts(season_id: UUID) -> list[HarvestFacts]:
    rows = HarvestVersion.objects.select_related("entry").filter(
        entry__season_id=season_id, entry__struck=False, number=F("entry__version")
    )
    return [
        HarvestFacts(
            entry_id=row.entry_id,
            on_date=row.on_date,
            recorded_date=clock.local_date(row.entry.recorded_at),
            quantity_kg=row.quantity_kg,
        )
        for row in rows
    ]


def _hazard_facts(season_id: UUID) -> list[HazardFacts]:
    rows = HazardVersion.objects.select_related("entry").filter(
        entry__season_id=season_id, entry__struck=False, number=F("entry__version")
    )
    return [
        HazardFacts(
            entry_id=row.entry_id,
            on_date=row.on_date,
            recorded_date=clock.local_date(row.entry.recorded_at),
            subject=row.subject,
            open_risk=row.finding == Finding.RISK and not row.measure,
        )
        for row in rows
    ]


def standing_inputs(household_id: UUID, kinds: tuple[str, ...] = ()) -> list[InputVersion]:
    """What the household has in its shed: current versions, newest first, those of the kinds when any are given."""
    rows = InputVersion.objects.filter(
        entry__household_id=household_id, entry__struck=False, number=F("entry__version")
    ).order_by("-on_date", "-recorded_at")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def entry_here(entry_id: UUID) -> Entry | None:
    return Entry.objects.filter(pk=entry_id).first()
