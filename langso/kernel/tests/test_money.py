"""Money is whole đồng: what is shown can be typed back, what is doubtful is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.money import LARGEST, AmountHasComma, AmountTooLarge, NotAnAmount, dong, parse_dong

amounts = st.integers(min_value=0, max_value=LARGEST)


def test_dong_groups_thousands_with_points() -> None:
    assert [dong(amount) for amount in (0, 999, 1000, 1250000, -45500)] == [
        "0 đ",
        "999 đ",
        "1.000 đ",
        "1.250.000 đ",
        "-45.500 đ",
    ]


@given(amounts)
def test_what_is_shown_can_be_typed_back(amount: int) -> None:
    assert parse_dong(dong(amount)) == amount


@given(
    amounts,
    st.sampled_from(["", " đ", "đ", " đồng", " VND", "vnđ", "₫", " Đ"]),
    st.sampled_from([".", " ", "\u00a0", ""]),
)
def test_every_usual_way_of_writing_is_read(amount: int, unit: str, separator: str) -> None:
    assert parse_dong(f"  {amount:,}".replace(",", separator) + unit) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "đ",
        "1.25",
        "1.2500",
        "12.50.000",
        "0.500",
        "007",
        "1.250 000",
        "-5",
        "+5",
        "1e6",
        "1.25 triệu",
        "25k",
        "١٢٣",
    ],
)
def test_doubtful_amounts_are_refused(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_dong(typed)


@pytest.mark.parametrize("typed", ["1,25", "1,250,000", "1,25 triệu", "1.250.000,00"])
def test_a_comma_gets_its_own_sentence(typed: str) -> None:
    with pytest.raises(AmountHasComma):
        parse_dong(typed)


@pytest.mark.parametrize("typed", [str(LARGEST + 1), "9" * 10_000])
def test_too_many_zeros_are_noticed(typed: str) -> None:
    with pytest.raises(AmountTooLarge):
        parse_dong(typed)


@given(st.text(max_size=20))
def test_anything_typed_is_an_amount_or_a_clear_refusal(typed: str) -> None:
    with suppress(NotAnAmount):
        assert 0 <= parse_dong(typed) <= LARGEST
