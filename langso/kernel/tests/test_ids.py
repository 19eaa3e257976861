"""Ids: rows in time order; codes that survive being read aloud."""

import time
from random import Random

import time_machine
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.ids import ALPHABET, CHECK_SYMBOLS, check_symbol, new_id, public_code, read_public_code

numbers = st.text(alphabet=ALPHABET, min_size=1, max_size=20)


def with_check(number: str) -> str | None:
    """The whole code of a number, unless its check symbol is one of the five that codes avoid."""
    symbol = check_symbol(number)
    return number + symbol if symbol in ALPHABET else None


codes = numbers.map(with_check).filter(lambda code: code is not None).map(str)


def test_ids_are_version_7_of_rfc_9562_and_carry_their_time() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before <= made.int >> 80 <= after


def test_ids_of_later_milliseconds_sort_later() -> None:
    with time_machine.travel(0, tick=False) as clock:
        made = []
        for _ in range(200):
            made.append(new_id())
            clock.shift(0.001)
    assert made == sorted(made)
    assert sorted(map(str, made)) == list(map(str, made))


def test_ids_of_one_millisecond_differ() -> None:
    with time_machine.travel(0, tick=False):
        assert len({new_id() for _ in range(5000)}) == 5000


def test_check_symbols_of_the_published_rule() -> None:
    """Crockford: the check symbol is the number modulo 37; 32 to 36 are * ~ $ = U."""
    assert CHECK_SYMBOLS == "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"
    assert [check_symbol(number) for number in ("0", "1", "Z", "10", "14", "15")] == ["0", "1", "Z", "*", "U", "0"]


def test_public_codes_can_be_read_back() -> None:
    for digits in (1, 6, 10):
        made = public_code(digits)
        assert len(made) == digits + 1
        assert set(made) <= set(ALPHABET)
        assert read_public_code(made) == made


@given(codes, st.randoms(use_true_random=False))
def test_codes_are_read_as_people_write_them(code: str, chance: Random) -> None:
    written = "".join(chance.choice(["", "-", " "]) + chance.choice([symbol, symbol.lower()]) for symbol in code)
    for plain, confused in (("0", "Oo"), ("1", "IiLl")):
        written = "".join(chance.choice(confused) if symbol == plain else symbol for symbol in written)
    assert read_public_code(f"  {written}\n") == code


@given(codes, st.data())
def test_one_wrong_symbol_is_always_noticed(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([symbol for symbol in ALPHABET if symbol != code[place]]))
    assert read_public_code(code[:place] + wrong + code[place + 1 :]) is None


@given(codes, st.data())
def test_two_swapped_neighbours_are_always_noticed(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert read_public_code(swapped) == (code if swapped == code else None)


@given(st.text(max_size=30))
def test_anything_typed_is_a_code_or_nothing(typed: str) -> None:
    code = read_public_code(typed)
    assert code is None or (set(code) <= set(ALPHABET) and read_public_code(code) == code)
