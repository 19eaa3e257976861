from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.ids import public_code
from langso.kernel.units import Unit, UnitsDiffer, convert
from langso.trade.trace.rules.dates import expiry
from langso.trade.trace.rules.field_sets import FIELD_SETS, Field, field_set_on
from langso.trade.trace.rules.mass import Amount, MassCreated, balance, packs_in, total, writable
from langso.trade.trace.rules.printing import ONE_SHEET, allowance, grouped, pieces_to_label
from langso.trade.trace.rules.sheets import LAYOUTS, Paper, corners

WEIGHTS = (Unit.G, Unit.KG, Unit.QUINTAL, Unit.TONNE)
quantities = st.decimals(min_value="0.001", max_value=100_000, places=3)
amounts = st.builds(Amount, quantities, st.sampled_from(WEIGHTS))


@given(st.lists(amounts, min_size=1, max_size=5), st.lists(amounts, min_size=1, max_size=5), st.none() | amounts)
def test_mass_is_never_created(taken: list[Amount], made: list[Amount], lost: Amount | None) -> None:
    went_in, came_out = total(taken, Unit.G), total([*made, *([lost] if lost else [])], Unit.G)
    if came_out > went_in:
        with pytest.raises(MassCreated):
            balance(taken, made, lost)
        return
    found = balance(taken, made, lost)
    assert found.taken == found.made + found.lost + found.unaccounted
    assert min(found.made, found.lost, found.unaccounted) >= 0
    assert convert(found.taken, found.unit, Unit.G) == went_in
    assert found.unaccounted == 0 or lost is not None


def test_what_is_missing_counts_as_lost_until_a_loss_is_stated() -> None:
    fresh, dried = Amount(Decimal(1000), Unit.KG), Amount(Decimal(180), Unit.KG)
    assert balance([fresh], [dried], None).lost == 820
    stated = balance([fresh], [dried], Amount(Decimal(800), Unit.KG))
    assert (stated.lost, stated.unaccounted) == (800, 20)


def test_a_loss_cannot_make_room_for_more() -> None:
    with pytest.raises(MassCreated) as refused:
        balance([Amount(Decimal(10), Unit.KG)], [Amount(Decimal(9), Unit.KG)], Amount(Decimal("1.001"), Unit.KG))
    assert refused.value.excess == Decimal("0.001")


def test_bags_cannot_be_weighed_against_kilograms() -> None:
    with pytest.raises(UnitsDiffer):
        balance([Amount(Decimal(10), Unit.KG)], [Amount(Decimal(9), Unit.BAG)], None)


@pytest.mark.parametrize("wrong", [Decimal(0), Decimal(-1)])
def test_quantities_are_positive(wrong: Decimal) -> None:
    with pytest.raises(ValueError, match="positive"):
        balance([Amount(Decimal(1), Unit.KG)], [Amount(wrong, Unit.KG)], None)


@given(st.lists(amounts, min_size=1, max_size=6))
def test_a_sum_can_always_be_written_and_stays_the_same(parts: list[Amount]) -> None:
    unit = parts[0].unit
    whole = writable(Amount(total(parts, unit), unit), [part.unit for part in parts])
    assert whole.quantity == whole.quantity.quantize(Decimal("0.001"))
    assert convert(whole.quantity, whole.unit, Unit.G) == total(parts, Unit.G)


def test_packs_come_out_even_or_not_at_all() -> None:
    assert packs_in(Amount(Decimal(10), Unit.KG), Amount(Decimal(500), Unit.G)) == 20
    assert packs_in(Amount(Decimal("10.25"), Unit.KG), Amount(Decimal(500), Unit.G)) is None


DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(DAYS, st.none() | st.integers(1, 3650), st.lists(DAYS, max_size=4))
def test_repacking_makes_nothing_younger(packed: date, days: int | None, older: list[date]) -> None:
    end = expiry(packed=packed, shelf_life_days=days, older=older)
    assert all(end is not None and end <= other for other in older)
    if days is not None:
        assert end is not None
        assert end <= packed + timedelta(days=days)
    elif not older:
        assert end is None


def test_the_ten_fields_of_the_circular_are_there_in_order() -> None:
    fields = field_set_on(date(2026, 11, 21))
    assert fields.basis == "02/2024/TT-BKHCN"
    assert fields.valid_from == date(2024, 6, 1)
    assert fields.fields == tuple(Field)
    assert len(fields.fields) == 10


def test_a_lot_from_before_any_rule_is_told_by_the_oldest() -> None:
    assert field_set_on(date(2019, 1, 1)) == FIELD_SETS[0]


@pytest.mark.parametrize("paper", list(Paper))
def test_labels_stand_on_the_page_and_not_on_each_other(paper: Paper) -> None:
    layout = LAYOUTS[paper]
    placed = list(corners(layout, layout.per_page * 2))
    assert {page for page, _x, _y in placed} == {0, 1}
    first = [(x, y) for page, x, y in placed if page == 0]
    for x, y in first:
        assert 0 <= x <= layout.page_width - layout.label_width
        assert 0 <= y <= layout.page_height - layout.label_height
        for other_x, other_y in first:
            apart = abs(x - other_x) >= layout.label_width or abs(y - other_y) >= layout.label_height
            assert apart or (x, y) == (other_x, other_y)


@given(st.integers(1, 24), st.integers(1, 200))
def test_a_started_sheet_is_filled_from_its_first_free_place(start: int, count: int) -> None:
    layout = LAYOUTS[Paper.A4_24]
    placed = list(corners(layout, count, start))
    whole = list(corners(layout, start - 1 + count))
    assert placed == whole[start - 1 :]


@pytest.mark.parametrize(
    ("quantity", "unit", "packs", "pieces"),
    [
        ("180", Unit.KG, 360, 360),
        ("180.5", Unit.KG, None, 181),
        ("2", Unit.TONNE, None, 2000),
        ("900", Unit.G, None, 1),
    ],
)
def test_what_can_carry_a_label(quantity: str, unit: Unit, packs: int | None, pieces: int) -> None:
    assert pieces_to_label(quantity=Decimal(quantity), unit=unit, packs=packs) == pieces


@given(st.integers(0, 100_000), st.integers(0, 400_000))
def test_labels_are_counted_against_pieces(pieces: int, printed: int) -> None:
    left = allowance(pieces=pieces, printed=printed)
    assert 0 <= left.free <= left.left
    assert printed + left.free <= max(printed, ONE_SHEET, pieces * 1.05 + 1)
    assert left.left == 0 or printed + left.left <= 3 * max(ONE_SHEET, pieces * 1.05 + 1)


def test_a_code_is_grouped_for_reading() -> None:
    assert grouped("KV7P2M9X4T3") == "KV7P-2M9X-4T3"
    code = public_code()
    assert grouped(code).replace("-", "") == code
