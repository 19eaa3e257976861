from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.units import MEASURES, Unit, UnitsDiffer, convert, same_measure
from langso.trade.products.rules import CertificateKind, Standing, months_later, standing, unproven_claims

FROM, UNTIL = date(2024, 3, 1), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("day", "revoked", "expected"),
    [
        (date(2024, 2, 29), None, Standing.NOT_YET),
        (FROM, None, Standing.VALID),
        (UNTIL, None, Standing.VALID),
        (date(2027, 3, 2), None, Standing.EXPIRED),
        (date(2026, 5, 4), date(2026, 5, 5), Standing.VALID),
        (date(2026, 5, 5), date(2026, 5, 5), Standing.REVOKED),
        (date(2028, 1, 1), date(2026, 5, 5), Standing.REVOKED),
    ],
)
def test_a_certificate_stands_by_the_day_that_is_asked_for(day: date, revoked: date | None, expected: Standing) -> None:
    assert standing(day, valid_from=FROM, valid_until=UNTIL, revoked_date=revoked) is expected


def test_a_certificate_without_an_end_stays_valid() -> None:
    assert standing(date(2090, 1, 1), valid_from=FROM, valid_until=None, revoked_date=None) is Standing.VALID


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2024, 3, 31), date(2027, 3, 31)),
        (date(2025, 12, 1), date(2028, 12, 1)),
    ],
)
def test_ocop_lasts_36_months(start: date, expected: date) -> None:
    assert months_later(start, 36) == expected


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 120))
def test_months_later_keeps_the_day_or_takes_the_months_last(start: date, months: int) -> None:
    later = months_later(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day <= start.day
    assert later.day == start.day or later.day >= 28


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Rau hữu cơ Bình Lư", [CertificateKind.ORGANIC]),
        ("Organic canna noodles", [CertificateKind.ORGANIC]),
        ("Bón phân hữu cơ ủ hoai, không thuốc", []),
        ("Grown with organic manure", []),
        ("Chè VietGAP, OCOP 4 sao", [CertificateKind.VIETGAP, CertificateKind.OCOP]),
        ("Miến dong sợi nhỏ", []),
        ("rau huu co sach", [CertificateKind.ORGANIC]),
        ("hưu có sừng", []),
    ],
)
def test_claims_need_their_certificate(text: str, missing: list[CertificateKind]) -> None:
    assert unproven_claims([text], ()) == missing
    assert unproven_claims([text], set(CertificateKind)) == []


def test_a_claim_does_not_arise_between_two_texts() -> None:
    assert unproven_claims(["Ớt hữu", "cơ sở chế biến"], ()) == []


@given(
    st.sampled_from(MEASURES),
    st.sampled_from(MEASURES),
    st.decimals(min_value="0.001", max_value=1_000_000, places=3),
)
def test_converting_there_and_back_changes_nothing(one: Unit, other: Unit, quantity: Decimal) -> None:
    if not same_measure(one, other):
        with pytest.raises(UnitsDiffer):
            convert(quantity, one, other)
        return
    assert convert(convert(quantity, one, other), other, one) == quantity


@pytest.mark.parametrize(
    ("quantity", "unit", "to", "expected"),
    [("2.5", Unit.KG, Unit.G, "2500"), ("3", Unit.QUINTAL, Unit.KG, "300"), ("750", Unit.ML, Unit.LITRE, "0.75")],
)
def test_known_conversions(quantity: str, unit: Unit, to: Unit, expected: str) -> None:
    assert convert(Decimal(quantity), unit, to) == Decimal(expected)


def test_bags_are_not_kilograms() -> None:
    with pytest.raises(UnitsDiffer):
        convert(Decimal(1), Unit.BAG, Unit.KG)
