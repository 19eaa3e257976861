"""Words of the index and beginnings that are asked for. Pure."""

import re

from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.search.rules import LONGEST_WORD, MOST_WORDS, PARTITION_LENGTH, asked, indexed, partition, words_of


@given(st.text())
def test_words_are_plain_whatever_was_written(text: str) -> None:
    words = words_of(text)
    assert all(re.fullmatch(r"[a-z0-9]{1,40}", word) for word in words)
    assert len(words) == len(set(words))


@given(st.text(max_size=60), st.data())
def test_a_text_is_found_by_any_beginnings_of_its_words_in_any_order(text: str, data: st.DataObject) -> None:
    words = words_of(text)
    typed = [word[: data.draw(st.integers(1, len(word)))] for word in data.draw(st.permutations(words))]
    assert all(any(word.startswith(beginning) for word in words) for beginning in asked(" ".join(typed)))


@given(st.text(max_size=200))
def test_no_asked_beginning_implies_another(typed: str) -> None:
    beginnings = asked(typed)
    assert len(beginnings) <= MOST_WORDS
    assert not any(one != other and other.startswith(one) for one in beginnings for other in beginnings)


def test_asked_examples() -> None:
    assert asked("Lò  văn   LÒ v") == ["van", "lo"]
    assert asked("n ng nguyen") == ["nguyen"]
    assert asked(" .,;'\"*()") == []
    assert asked("") == []
    assert asked("x" * 10_000) == ["x" * LONGEST_WORD]
    assert len(asked(" ".join(f"{number}w" for number in range(20)))) == MOST_WORDS


def test_every_word_stands_behind_its_commune_and_kind() -> None:
    before = partition("03390", "people.person")
    assert len(before) == PARTITION_LENGTH
    assert before != partition("03390", "trade.product") != partition("03405", "trade.product")
    assert indexed("03390", "people.person", "Lò Văn Lò") == f"{before}lo {before}van"


def test_words_of_other_scripts_are_kept() -> None:
    assert words_of("ꪼꪕ") == ["z0aabcz0aa95"]
    assert words_of("ꪼꪕ ꪒꪱꪫ")[0].startswith(words_of("ꪼ")[0])
