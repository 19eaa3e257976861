"""Splitting, merging and processing: mass is never created, by whatever way one tries."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.require import NotAllowed
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.models import Entry
from langso.kernel.units import Unit, convert
from langso.trade.products.testing import make_product
from langso.trade.trace import services
from langso.trade.trace.models import Kind, Lot, Transformation
from langso.trade.trace.queries import ancestors, descendants, lot_card
from langso.trade.trace.services import Amount, Made, TakenFrom
from langso.trade.trace.testing import make_lot
from tests.cast import HOME, Cast

pytestmark = pytest.mark.django_db


def last(kind: str) -> Entry:
    return Entry.objects.filter(kind__startswith=f"trade.trace.{kind}.").order_by("position").last()  # type: ignore[return-value]


def a_lot(cast: Cast, product_id: UUID, quantity: str = "100", unit: str = "KG", days_ago: int = 7) -> UUID:
    return make_lot(
        organisation_id=cast.cooperative,
        product_id=product_id,
        quantity=quantity,
        unit=unit,
        produced_date=clock.today() - timedelta(days=days_ago),
        issued=False,
    )


@pytest.fixture
def product(cast: Cast) -> UUID:
    return make_product(organisation_id=cast.cooperative, name="Miến dong")


def split(cast: Cast, lot_id: UUID, *quantities: str, who: str = "ha") -> list[UUID]:
    return services.split_lot(
        cast.actor(who), lot_id=lot_id, quantities=[Decimal(each) for each in quantities], done_date=clock.today()
    )


def merge(cast: Cast, *taken: tuple[UUID, str]) -> UUID:
    return services.merge_lots(
        cast.actor("ha"),
        taken=[TakenFrom(lot_id, Decimal(quantity)) for lot_id, quantity in taken],
        done_date=clock.today(),
    )


def test_a_split_leaves_the_rest_and_keeps_the_age(cast: Cast, product: UUID) -> None:
    lot_id = a_lot(cast, product)
    children = [lot_card(lot_id=child) for child in split(cast, lot_id, "30", "20.5")]
    parent = lot_card(lot_id=lot_id)
    assert parent.available == Decimal("49.5")
    assert [child.quantity for child in children] == [Decimal(30), Decimal("20.5")]
    assert {child.produced_date for child in children} == {parent.produced_date}
    assert len({parent.code, *(child.code for child in children)}) == 3
    told = last("lot_split").body
    assert told["taken"]["quantity"] == "50.500"
    assert [made["code"] for made in told["made"]] == [child.code for child in children]


def test_more_than_is_there_cannot_be_taken(cast: Cast, product: UUID) -> None:
    lot_id = a_lot(cast, product)
    split(cast, lot_id, "60")
    with pytest.raises(services.NotEnough):
        split(cast, lot_id, "40", "0.001")
    assert lot_card(lot_id=lot_id).available == 40
    assert Transformation.objects.count() == 1


def test_parts_of_a_packed_lot_are_whole_packs_and_keep_its_end(cast: Cast, product: UUID) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative, product_id=product, quantity=10, packed=True)
    with pytest.raises(Invalid):
        split(cast, lot_id, "0.7")
    (child,) = split(cast, lot_id, "2.5")
    assert Lot.objects.get(pk=child).pack_count == 5
    assert lot_card(lot_id=child).expiry_date == lot_card(lot_id=lot_id).expiry_date


def test_a_merged_lot_is_as_old_as_its_oldest_part(cast: Cast, product: UUID) -> None:
    old, new = a_lot(cast, product, days_ago=20), a_lot(cast, product, "500", "G", days_ago=2)
    merged = lot_card(lot_id=merge(cast, (old, "100"), (new, "250.5")))
    assert merged.produced_date == clock.today() - timedelta(days=20)
    assert (merged.quantity, merged.unit) == (Decimal("100250.500"), Unit.G)
    assert lot_card(lot_id=new).available == Decimal("249.5")
    assert {part["code"] for part in last("lots_merged").body["taken"]} == {
        lot_card(lot_id=old).code,
        lot_card(lot_id=new).code,
    }


def test_merged_packs_keep_no_longer_than_the_first_that_ends(cast: Cast, product: UUID) -> None:
    old = make_lot(organisation_id=cast.cooperative, product_id=product, packed=True)
    new = a_lot(cast, product)
    merged = merge(cast, (old, "100"), (new, "100"))
    services.pack_lot(
        cast.actor("ha"),
        lot_id=merged,
        packed_date=clock.today(),
        pack_unit=Unit.BAG,
        content=Decimal(1),
        content_unit=Unit.KG,
        count=200,
    )
    assert lot_card(lot_id=merged).expiry_date == lot_card(lot_id=old).expiry_date


def test_different_goods_do_not_merge(cast: Cast, product: UUID) -> None:
    other = make_product(organisation_id=cast.cooperative)
    with pytest.raises(services.DifferentGoods):
        merge(cast, (a_lot(cast, product), "1"), (a_lot(cast, other), "1"))


def test_a_lot_cannot_be_chosen_twice(cast: Cast, product: UUID) -> None:
    lot_id = a_lot(cast, product)
    with pytest.raises(Invalid):
        merge(cast, (lot_id, "60"), (lot_id, "60"))
    assert lot_card(lot_id=lot_id).available == 100


def process(cast: Cast, lot_id: UUID, made: list[Made], lost: Amount | None = None, taken: str = "100") -> list[UUID]:
    return services.process_lots(
        cast.actor("ha"),
        kind=Kind.DRY,
        taken=[TakenFrom(lot_id, Decimal(taken))],
        made=made,
        lost=lost,
        done_date=clock.today(),
    )


def test_drying_loses_water_and_tells_how_much(cast: Cast, product: UUID) -> None:
    roots = make_product(organisation_id=cast.cooperative, name="Củ dong")
    lot_id = a_lot(cast, roots)
    (noodles,) = process(cast, lot_id, [Made(product, Decimal(18), Unit.KG)])
    told = last("lots_processed").body
    assert (told["lost"], told["unaccounted"], told["unit"]) == ("82.000", "0.000", "KG")
    assert lot_card(lot_id=noodles).product_id == product
    assert lot_card(lot_id=noodles).produced_date == clock.today()


def test_what_nobody_explains_stays_visible(cast: Cast, product: UUID) -> None:
    process(cast, a_lot(cast, product), [Made(product, Decimal(18), Unit.KG)], Amount(Decimal(80), Unit.KG))
    act = Transformation.objects.get()
    assert (act.lost, act.unaccounted) == (80, 2)


def test_more_cannot_come_out_than_went_in(cast: Cast, product: UUID) -> None:
    lot_id = a_lot(cast, product)
    with pytest.raises(services.MoreThanWentIn):
        process(cast, lot_id, [Made(product, Decimal(60), Unit.KG), Made(product, Decimal("40.001"), Unit.KG)])
    with pytest.raises(services.MoreThanWentIn):
        process(cast, lot_id, [Made(product, Decimal(60), Unit.KG)], Amount(Decimal(41), Unit.KG))
    with pytest.raises(services.CannotBeWeighed):
        process(cast, lot_id, [Made(product, Decimal(1), Unit.BOTTLE)])
    assert lot_card(lot_id=lot_id).available == 100
    assert Lot.objects.count() == 1


def test_only_the_keeper_transforms(cast: Cast, product: UUID) -> None:
    with pytest.raises(NotAllowed):
        split(cast, a_lot(cast, product), "1", who="khanh")


@pytest.mark.parametrize("days", [-8, 1])
def test_an_act_lies_between_the_goods_and_today(cast: Cast, product: UUID, days: int) -> None:
    lot_id = a_lot(cast, product)
    with pytest.raises(services.DateOutOfOrder):
        services.split_lot(
            cast.actor("ha"),
            lot_id=lot_id,
            quantities=[Decimal(1)],
            done_date=clock.today() + timedelta(days=days),
        )


def test_all_inputs_are_found_at_every_depth_both_ways(cast: Cast, product: UUID) -> None:
    """Three lots into one, then on: reports elsewhere list one of several inputs, or the wrong level."""
    roots = [a_lot(cast, product) for _ in range(3)]
    middle = merge(cast, *((root, "50") for root in roots))
    (end,) = split(cast, middle, "40")
    mixed = merge(cast, (end, "40"), (roots[0], "50"))
    assert set(ancestors(mixed)) == {*roots, middle, end}
    assert set(ancestors(end)) == {*roots, middle}
    assert set(descendants(roots[0])) == {middle, end, mixed}
    assert set(descendants(roots[1])) == {middle, end, mixed}
    assert ancestors(roots[0]) == []


def test_a_hold_reaches_what_was_made_and_a_release_lets_it_all_go(cast: Cast, product: UUID) -> None:
    root = a_lot(cast, product)
    (child,) = split(cast, root, "50")
    (grandchild,) = split(cast, child, "20")
    hold_id = services.hold_lot(cast.actor("khanh"), lot_id=root, reason="Nghi tồn dư")
    assert all(lot_card(lot_id=lot_id).held for lot_id in (root, child, grandchild))
    services.release_lot(cast.actor("khanh"), lot_id=root, hold_id=hold_id, reason="Kết quả tốt")
    assert not any(lot_card(lot_id=lot_id).held for lot_id in (root, child, grandchild))


@dataclass
class Shadow:
    """A naive second book: what each lot should still hold, and who went into whom, in grams."""

    left: dict[UUID, Decimal] = field(default_factory=dict)
    parents: dict[UUID, set[UUID]] = field(default_factory=dict)
    gone: Decimal = Decimal(0)

    def born(self, lot_id: UUID, *parents: UUID) -> None:
        card = lot_card(lot_id=lot_id)
        self.left[lot_id] = convert(card.quantity, card.unit, Unit.G)
        self.parents[lot_id] = set(parents)

    def all_parents(self, lot_id: UUID) -> set[UUID]:
        return self.parents[lot_id].union(*(self.all_parents(parent) for parent in self.parents[lot_id]))


acts = st.lists(
    st.tuples(
        st.sampled_from(["split", "merge", "dry"]),
        st.lists(st.integers(0, 30), min_size=1, max_size=3, unique=True),
        st.lists(st.decimals(min_value="0.001", max_value=150, places=3), min_size=3, max_size=3),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=acts, weights=st.lists(st.tuples(st.integers(1, 120), st.sampled_from(["KG", "G"])), min_size=1, max_size=3)
)
def test_random_acts_create_no_mass_and_lose_no_parent(
    cast: Cast, product: UUID, acts: list[tuple[str, list[int], list[Decimal]]], weights: list[tuple[int, str]]
) -> None:
    """After any sequence of acts, allowed or refused: what went in = what is there + what was lost, in every lot."""
    book = Shadow()
    for weight, unit in weights:
        book.born(a_lot(cast, product, str(weight), unit))
    start = sum(book.left.values())
    for kind, chosen, quantities in acts:
        lots = list(dict.fromkeys(list(book.left)[index % len(book.left)] for index in chosen))
        try:
            _act(book, product, kind, lots, quantities)
        except DomainError:
            continue
    for lot_id, left in book.left.items():
        card = lot_card(lot_id=lot_id)
        assert convert(card.available, card.unit, Unit.G) == left
        assert 0 <= card.available <= card.quantity
        assert set(ancestors(lot_id)) == book.all_parents(lot_id)
    assert sum(book.left.values()) + book.gone == start


def _act(book: Shadow, product: UUID, kind: str, lots: list[UUID], quantities: list[Decimal]) -> None:
    actor, today = system(HOME), clock.today()
    taken = [TakenFrom(lot_id, quantity) for lot_id, quantity in zip(lots, quantities, strict=False)]
    if kind == "split":
        taken = [TakenFrom(lots[0], sum(quantities[:2], Decimal(0)))]
        born = services.split_lot(actor, lot_id=lots[0], quantities=quantities[:2], done_date=today)
    elif kind == "merge":
        born = [services.merge_lots(actor, taken=taken, done_date=today)]
    else:
        made = [Made(product, quantities[-1], Unit.G)]
        born = services.process_lots(actor, kind=Kind.DRY, taken=taken, made=made, done_date=today)
    went_in = Decimal(0)
    for part in taken:
        grams = convert(part.quantity, lot_card(lot_id=part.lot_id).unit, Unit.G)
        book.left[part.lot_id] -= grams
        went_in += grams
    for lot_id in born:
        book.born(lot_id, *(part.lot_id for part in taken))
    book.gone += went_in - sum(book.left[lot_id] for lot_id in born)
