from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.farm.diary import rules
from langso.farm.diary.explanations import SENTENCES, explain
from langso.farm.diary.rules import (
    LIMITS,
    EntryFacts,
    Finding,
    HarvestFacts,
    HazardFacts,
    ListedFacts,
    SeasonFacts,
    WorkFacts,
    judge,
    safe_from,
)
from langso.kernel.ids import new_id

TODAY = date(2026, 11, 21)
SEASON = SeasonFacts(plot_kind="FIELD", area_m2=Decimal(1000), standard="VIETGAP", start_date=date(2026, 4, 1))
LINES = {
    "abamectin": [
        ListedFacts(
            code="abamectin",
            unit="ML",
            max_per_ha=Decimal(600),
            pre_harvest_days=7,
            organic=False,
            valid_from=date(2024, 1, 1),
            valid_to=None,
        )
    ],
    "neem": [
        ListedFacts(
            code="neem",
            unit="ML",
            max_per_ha=None,
            pre_harvest_days=0,
            organic=True,
            valid_from=date(2024, 1, 1),
            valid_to=date(2026, 6, 30),
        )
    ],
}


def spray(**told: Any) -> WorkFacts:
    day = told.pop("on_date", TODAY)
    known: dict[str, Any] = {
        "entry_id": new_id(),
        "on_date": day,
        "recorded_date": day,
        "input_kind": "PESTICIDE",
        "input_name": "Abamectin",
        "listed_code": "abamectin",
        "amount": Decimal(50),
        "unit": "ML",
    }
    return WorkFacts(**known | told)


def harvest(day: date = TODAY, kg: int = 100) -> HarvestFacts:
    return HarvestFacts(entry_id=new_id(), on_date=day, recorded_date=day, quantity_kg=Decimal(kg))


def codes(found: Sequence[Finding]) -> list[str]:
    return sorted(finding.code for finding in found)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, []),
        ({"amount": Decimal(60)}, []),
        ({"amount": Decimal(61)}, ["DOSE_OVER_LIMIT"]),
        ({"amount": Decimal(40), "area_m2": Decimal(500)}, ["DOSE_OVER_LIMIT"]),
        ({"amount": Decimal(500), "unit": "G"}, []),
        ({"listed_code": "unknown"}, ["INPUT_NOT_LISTED", "INTERVAL_UNKNOWN"]),
        ({"listed_code": "unknown", "intervals": (14,)}, ["INPUT_NOT_LISTED"]),
        ({"listed_code": "neem", "on_date": date(2026, 6, 30)}, []),
        ({"listed_code": "neem", "on_date": date(2026, 7, 1), "intervals": (3,)}, ["INPUT_NOT_ALLOWED"]),
        ({"input_name": ""}, ["INPUT_UNKNOWN"]),
        ({"input_name": "", "input_kind": "FERTILISER"}, []),
        ({"input_kind": "FERTILISER", "listed_code": ""}, []),
        ({"expiry_date": TODAY}, []),
        ({"expiry_date": TODAY - timedelta(days=1)}, ["INPUT_EXPIRED"]),
        ({"recorded_date": TODAY + timedelta(days=7)}, []),
        ({"recorded_date": TODAY + timedelta(days=8)}, ["BACKDATED"]),
        ({"on_date": date(2026, 3, 31)}, ["OUTSIDE_SEASON"]),
        ({"input_kind": "", "listed_code": ""}, []),
    ],
)
def test_one_work_at_a_time(told: dict[str, Any], expected: list[str]) -> None:
    assert codes(judge(SEASON, [spray(**told)], LINES)) == expected


def test_a_dose_is_counted_on_the_treated_area() -> None:
    work = spray(amount=Decimal(30), area_m2=Decimal(300))
    assert rules.dose_per_ha(work, SEASON.area_m2, "ML") == Decimal(1000)
    [finding] = judge(SEASON, [work], LINES)
    assert explain(finding.code, finding.facts).count("ml") == 2


@pytest.mark.parametrize(
    ("listed_code", "kind", "expected"),
    [
        ("neem", "PESTICIDE", []),
        ("abamectin", "PESTICIDE", ["INPUT_NOT_ORGANIC"]),
        ("", "FERTILISER", ["INPUT_NOT_ORGANIC"]),
        ("", "COMPOST", []),
        ("", "SEED", []),
    ],
)
def test_organic_seasons_take_only_what_the_list_allows_there(listed_code: str, kind: str, expected: list[str]) -> None:
    season = SeasonFacts(plot_kind="FIELD", area_m2=Decimal(1000), standard="ORGANIC", start_date=date(2026, 4, 1))
    work = spray(listed_code=listed_code, input_kind=kind, on_date=date(2026, 6, 1))
    assert codes(judge(season, [work], LINES)) == expected


def test_nothing_is_done_after_the_season_but_soil_is_looked_at_before_it() -> None:
    closed = SeasonFacts(
        plot_kind="FIELD",
        area_m2=Decimal(1000),
        standard="NONE",
        start_date=date(2026, 4, 1),
        closed_date=date(2026, 10, 1),
    )
    early = HazardFacts(
        entry_id=new_id(),
        on_date=date(2026, 3, 1),
        recorded_date=date(2026, 3, 1),
        subject="SOIL",
        open_risk=False,
    )
    late = EntryFacts(entry_id=new_id(), on_date=date(2026, 10, 2), recorded_date=date(2026, 10, 2))
    assert [(found.entry_id, found.code) for found in judge(closed, [early, late], LINES)] == [
        (late.entry_id, "OUTSIDE_SEASON")
    ]


def test_a_risk_without_a_measure_is_a_concern() -> None:
    risk = HazardFacts(entry_id=new_id(), on_date=TODAY, recorded_date=TODAY, subject="WASH_WATER", open_risk=True)
    assert codes(judge(SEASON, [risk], LINES)) == ["HAZARD_FOUND"]


@given(
    sprayed=st.integers(0, 60),
    harvested=st.integers(0, 60),
    on_bottle=st.none() | st.integers(0, 30),
    in_diary=st.none() | st.integers(0, 30),
)
def test_a_harvest_waits_for_the_longest_known_interval(
    sprayed: int, harvested: int, on_bottle: int | None, in_diary: int | None
) -> None:
    start = date(2026, 9, 1)
    work = spray(
        on_date=start + timedelta(days=sprayed),
        intervals=tuple(days for days in (on_bottle, in_diary) if days is not None),
    )
    crop = harvest(start + timedelta(days=harvested))
    found = [finding for finding in judge(SEASON, [work, crop], LINES) if finding.code == "HARVEST_TOO_EARLY"]
    longest = max(7, on_bottle or 0, in_diary or 0)
    assert bool(found) == (sprayed <= harvested < sprayed + longest)
    for finding in found:
        assert (finding.entry_id, finding.cause) == (crop.entry_id, str(work.entry_id))
        assert finding.severity == "SERIOUS"
    safe = safe_from([work], LINES)
    assert safe is not None
    assert not any(finding.code == "HARVEST_TOO_EARLY" for finding in judge(SEASON, [work, harvest(safe.day)], LINES))


def test_two_sprays_are_two_reasons() -> None:
    works = [spray(on_date=TODAY - timedelta(days=days)) for days in (2, 4, 20)]
    found = judge(SEASON, [*works, harvest()], LINES)
    assert {finding.cause for finding in found} == {str(works[0].entry_id), str(works[1].entry_id)}
    safe = safe_from(works, LINES)
    assert safe is not None
    assert (safe.day, safe.work) == (TODAY + timedelta(days=5), works[0])


@given(st.lists(st.integers(1, 30_000), max_size=8))
def test_the_harvest_that_passes_what_the_land_can_carry_is_the_one_that_is_marked(kilos: list[int]) -> None:
    harvests = [harvest(date(2026, 9, 1) + timedelta(days=number), kg) for number, kg in enumerate(kilos)]
    marked = {finding.entry_id for finding in judge(SEASON, harvests, LINES) if finding.code == "YIELD_IMPLAUSIBLE"}
    bound = LIMITS.max_kg_per_m2["FIELD"] * SEASON.area_m2
    total = Decimal(0)
    for crop in harvests:
        total += crop.quantity_kg
        assert (crop.entry_id in marked) == (total > bound)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(random: Any) -> None:
    entries: list[EntryFacts] = [
        spray(on_date=TODAY - timedelta(days=3)),
        spray(amount=Decimal(200), on_date=TODAY - timedelta(days=9)),
        spray(listed_code="", on_date=TODAY - timedelta(days=40)),
        harvest(),
        harvest(TODAY - timedelta(days=1), 13_000),
    ]
    expected = {(finding.entry_id, finding.code, finding.cause) for finding in judge(SEASON, entries, LINES)}
    random.shuffle(entries)
    assert {(finding.entry_id, finding.code, finding.cause) for finding in judge(SEASON, entries, LINES)} == expected
    assert len(expected) >= 5


def test_every_rule_has_a_severity_and_a_sentence() -> None:
    named = {name for name in rules.__annotations__ if getattr(rules, name) == name}
    assert named == set(rules.SEVERITIES) == set(SENTENCES)
    assert len(named) == 12


def test_every_finding_fills_its_sentence() -> None:
    found = judge(
        SEASON,
        [
            spray(on_date=date(2026, 3, 31), amount=Decimal(900), expiry_date=date(2026, 3, 1)),
            spray(listed_code=""),
            spray(listed_code="neem"),
            spray(input_name=""),
            spray(recorded_date=TODAY + timedelta(days=40)),
            harvest(TODAY, 13_000),
            HazardFacts(entry_id=new_id(), on_date=TODAY, recorded_date=TODAY, subject="SOIL", open_risk=True),
        ],
        LINES,
    )
    assert {finding.code for finding in found} == set(rules.SEVERITIES) - {"INPUT_NOT_ORGANIC"}
    for finding in found:
        assert "%(" not in explain(finding.code, finding.facts)
