"""A lot's life through the services: recorded, packed, issued, held, released, withdrawn."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from langso.kernel import clock
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.ids import read_public_code
from langso.kernel.journal.events import Reach
from langso.kernel.journal.models import Entry
from langso.kernel.units import Unit
from langso.trade.products.testing import make_product
from langso.trade.trace import services
from langso.trade.trace.models import Lot, LotStep, ProductionPlace
from langso.trade.trace.queries import lot_card
from langso.trade.trace.rules.sheets import Paper
from langso.trade.trace.testing import make_lot
from tests.cast import ELSEWHERE, Cast

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return [
        kind.split(".")[2]
        for kind in Entry.objects.order_by("position").values_list("kind", flat=True)
        if kind.startswith("trade.trace.")
    ]


def last(kind: str) -> Entry:
    return Entry.objects.filter(kind__startswith=f"trade.trace.{kind}.").order_by("position").last()  # type: ignore[return-value]


def record(cast: Cast, who: str = "ha", **changes: Any) -> UUID:
    product_id = make_product(organisation_id=cast.cooperative)
    given: dict[str, Any] = {
        "product_id": product_id,
        "quantity": Decimal(180),
        "unit": Unit.KG,
        "produced_date": clock.today(),
        "organisation_id": cast.cooperative,
    }
    return services.record_lot(cast.actor(who), **{**given, **changes})


def test_a_lot_gets_a_code_that_people_can_read_and_a_place(cast: Cast) -> None:
    lot = Lot.objects.get(pk=record(cast))
    assert len(lot.code) == 11
    assert read_public_code(lot.code) == lot.code
    assert lot.place is not None
    assert "Bình Lư" in lot.place.name
    assert read_public_code(lot.place.code) == lot.place.code
    assert kinds() == ["lot_recorded"]


def test_a_place_has_one_code_for_all_its_lots(cast: Cast) -> None:
    first, second = (Lot.objects.get(pk=record(cast)) for _ in range(2))
    assert first.place == second.place
    assert ProductionPlace.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("an", NotAllowed), ("khanh", NotAllowed), ("dung", NotAllowed), ("giang", NotAllowed), ("nobody", SignInNeeded)],
)
def test_only_its_keeper_records_a_lot(cast: Cast, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        record(cast, who)


def test_a_household_keeps_its_own_lots(cast: Cast) -> None:
    product_id = make_product(household_id=cast.household)
    lot_id = record(cast, "an", product_id=product_id, organisation_id=None, household_id=cast.household)
    services.issue_lot(cast.actor("binh"), lot_id=lot_id)
    assert lot_card(lot_id=lot_id).state == "ISSUED"
    with pytest.raises(NotHere):
        services.withdraw_lot(cast.actor("chi"), lot_id=lot_id, reason="Không phải của tôi")


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": Decimal(0)},
        {"quantity": Decimal("0.0004")},
        {"produced_date": clock.today() + timedelta(days=2)},
        {"organisation_id": None},
    ],
)
def test_wrong_lots_are_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        record(cast, **wrong)


def test_a_lot_is_of_a_product_of_its_keeper(cast: Cast) -> None:
    with pytest.raises(Invalid):
        record(cast, product_id=make_product(household_id=cast.household))


def test_another_communes_lot_is_not_there(cast: Cast) -> None:
    lot_id = record(cast)
    with commune_scope(ELSEWHERE), pytest.raises(NotHere):
        services.issue_lot(cast.actor("lan"), lot_id=lot_id)


def test_issuing_needs_a_published_product(cast: Cast) -> None:
    lot_id = record(cast, product_id=make_product(organisation_id=cast.cooperative, published=False))
    with pytest.raises(services.ProductNotPublished):
        services.issue_lot(cast.actor("ha"), lot_id=lot_id)


def test_issuing_tells_the_public_everything_but_persons(cast: Cast) -> None:
    lot_id = make_lot(household_id=cast.household, product_id=make_product(household_id=cast.household))
    issued = last("lot_issued")
    assert issued.reach == Reach.PUBLIC
    facts = issued.body["lot"]
    assert facts["code"] == lot_card(lot_id=lot_id).code
    assert facts["standard"] == "TCCS 01:2025"
    assert facts["state"] == "ISSUED"
    assert "Lò Văn An" not in str(issued.body)
    assert str(cast.household) not in str(issued.body)


def test_issuing_twice_is_refused(cast: Cast) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative)
    with pytest.raises(services.NotInThatState):
        services.issue_lot(cast.actor("ha"), lot_id=lot_id)


def pack(cast: Cast, lot_id: UUID, **changes: Any) -> None:
    given: dict[str, Any] = {
        "packed_date": clock.today(),
        "pack_unit": Unit.BAG,
        "content": Decimal(500),
        "content_unit": Unit.G,
        "count": 360,
    }
    services.pack_lot(cast.actor("ha"), lot_id=lot_id, **{**given, **changes})


def test_packing_decides_until_when_it_keeps(cast: Cast) -> None:
    lot_id = record(cast)
    pack(cast, lot_id)
    lot = Lot.objects.get(pk=lot_id)
    assert lot.expiry_date == clock.today() + timedelta(days=365)
    assert last("lot_packed").body["lot"]["pack_count"] == 360
    with pytest.raises(services.AlreadyPacked):
        pack(cast, lot_id, count=1)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"count": 361}, services.MoreThanWentIn),
        ({"count": 0}, Invalid),
        ({"content_unit": Unit.ML}, services.CannotBeWeighed),
        ({"packed_date": clock.today() - timedelta(days=1)}, services.DateOutOfOrder),
        ({"packed_date": clock.today() + timedelta(days=1)}, services.DateOutOfOrder),
    ],
)
def test_wrong_packing_is_refused(cast: Cast, wrong: dict[str, Any], refusal: type[Exception]) -> None:
    lot_id = record(cast)
    with pytest.raises(refusal):
        pack(cast, lot_id, **wrong)
    assert Lot.objects.get(pk=lot_id).packed_date is None


def test_a_held_lot_does_not_move(cast: Cast) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative, issued=False)
    services.hold_lot(cast.actor("khanh"), lot_id=lot_id, reason="Chờ kết quả kiểm nghiệm")
    ha = cast.actor("ha")
    with pytest.raises(services.LotIsHeld):
        services.issue_lot(ha, lot_id=lot_id)
    with pytest.raises(services.LotIsHeld):
        pack(cast, lot_id, count=1)
    with pytest.raises(services.LotIsHeld):
        services.split_lot(ha, lot_id=lot_id, quantities=[Decimal(1)], done_date=clock.today())


def test_releasing_names_who_and_why(cast: Cast) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative)
    hold_id = services.hold_lot(cast.actor("dung"), lot_id=lot_id, reason="Có người báo")
    with pytest.raises(Invalid):
        services.release_lot(cast.actor("khanh"), lot_id=lot_id, hold_id=hold_id, reason="  ")
    services.release_lot(cast.actor("khanh"), lot_id=lot_id, hold_id=hold_id, reason="Kết quả tốt")
    hold = Lot.objects.get(pk=lot_id).holds.get()
    assert (hold.released_by_name, hold.release_reason) == ("Phạm Văn Khánh", "Kết quả tốt")
    assert last("lot_released").body["still_held"] is False
    with pytest.raises(NotHere):
        services.release_lot(cast.actor("khanh"), lot_id=lot_id, hold_id=hold_id, reason="Lần nữa")


def test_two_holds_need_two_releases(cast: Cast) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative)
    first, _second = (
        services.hold_lot(cast.actor("ha"), lot_id=lot_id, reason=f"Lý do {number}") for number in range(2)
    )
    services.release_lot(cast.actor("ha"), lot_id=lot_id, hold_id=first, reason="Xong")
    assert last("lot_released").body["still_held"] is True
    assert lot_card(lot_id=lot_id).held


def test_a_household_never_releases_its_own_lot(cast: Cast) -> None:
    lot_id = make_lot(household_id=cast.household)
    hold_id = services.hold_lot(cast.actor("an"), lot_id=lot_id, reason="Để xem lại")
    with pytest.raises(NotAllowed):
        services.release_lot(cast.actor("an"), lot_id=lot_id, hold_id=hold_id, reason="Tốt rồi")
    services.release_lot(cast.actor("dung"), lot_id=lot_id, hold_id=hold_id, reason="Đã kiểm tra")
    assert not lot_card(lot_id=lot_id).held


def test_withdrawing_needs_a_reason_and_is_told_to_everybody(cast: Cast) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative)
    with pytest.raises(Invalid):
        services.withdraw_lot(cast.actor("ha"), lot_id=lot_id, reason="")
    services.withdraw_lot(cast.actor("ha"), lot_id=lot_id, reason="Bao bì hở")
    told = last("lot_withdrawn")
    assert (told.reach, told.body["reason"], told.reason) == (Reach.PUBLIC, "Bao bì hở", "Bao bì hở")
    steps = LotStep.objects.filter(lot_id=lot_id).values_list("state", "by_name", "reason")
    assert steps.last() == ("WITHDRAWN", "Lý Thị Hà", "Bao bì hở")
    with pytest.raises(services.NotInThatState):
        services.sell_out(cast.actor("ha"), lot_id=lot_id)


def labels(cast: Cast, lot_id: UUID, count: int, **more: Any) -> None:
    services.print_labels(cast.actor("ha"), lot_id=lot_id, paper=Paper.A4_24, count=count, **more)


def test_labels_are_printed_for_issued_lots_only(cast: Cast) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative, issued=False)
    with pytest.raises(services.NotInThatState):
        labels(cast, lot_id, 24)
    services.issue_lot(cast.actor("ha"), lot_id=lot_id)
    hold_id = services.hold_lot(cast.actor("ha"), lot_id=lot_id, reason="Chờ")
    with pytest.raises(services.LotIsHeld):
        labels(cast, lot_id, 24)
    services.release_lot(cast.actor("khanh"), lot_id=lot_id, hold_id=hold_id, reason="Tốt")
    labels(cast, lot_id, 24)
    assert last("labels_printed").body["count"] == 24


def test_labels_beyond_the_packs_need_a_reason_and_end_somewhere(cast: Cast) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative, quantity=50, packed=True)
    labels(cast, lot_id, 105)
    with pytest.raises(services.ReprintNeedsReason):
        labels(cast, lot_id, 1)
    labels(cast, lot_id, 100, reprint_reason="Máy in lem mực")
    assert last("labels_printed").body["reprint_reason"] == "Máy in lem mực"
    with pytest.raises(services.TooManyLabels):
        labels(cast, lot_id, 111, reprint_reason="Vẫn lem")
    assert list(Lot.objects.get(pk=lot_id).prints.values_list("number", "count")) == [(1, 105), (2, 100)]


@pytest.mark.parametrize(("count", "start"), [(0, 1), (1201, 1), (1, 0), (1, 25)])
def test_wrong_prints_are_refused(cast: Cast, count: int, start: int) -> None:
    lot_id = make_lot(organisation_id=cast.cooperative, quantity=5000)
    with pytest.raises(Invalid):
        labels(cast, lot_id, count, start=start)
