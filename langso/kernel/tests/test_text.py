"""Normal form, search form, Vietnamese order, texts in two languages."""

import unicodedata

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from langso.kernel.text import Translated, alphabet_key, fold, nfc, sort_key

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵbcdđghklmnpqrstvx"
vietnamese_words = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper(), min_size=1, max_size=7)
vietnamese_names = st.lists(vietnamese_words, min_size=1, max_size=4).map(" ".join)


@given(st.text())
def test_fold_is_idempotent_and_blind_to_composition(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text)) == folded


@given(vietnamese_names)
def test_fold_of_vietnamese_is_plain_letters(name: str) -> None:
    folded = fold(name)
    assert folded == fold(name.upper()) == fold(name.lower())
    assert folded.isascii()
    assert len(folded) == len(name)
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz ")


@given(st.text())
def test_fold_leaves_only_letters_digits_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(character == " " or unicodedata.category(character)[0] in "LMN" for character in folded)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hoà Bình", "hoa binh"),
        ("Hòa Bình", "hoa binh"),
        ("ĐẶNG Đình Đức", "dang dinh duc"),
        ("Ðặng", "dang"),
        ("Lò  Văn-Ả, (1980)", "lo van a 1980"),
        ("thôn\u200bHai\u00ad\ufeff", "thon hai"),
        ("m² ½", "m2 1 2"),
        ("ＡＢＣ", "abc"),
        ("'\"*:^()\0", ""),
    ],
)
def test_fold_examples(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_keeps_the_vowels_of_other_scripts() -> None:
    assert fold("ꪒꪱꪫ ꪼꪕ") == "ꪒꪱꪫ ꪼꪕ"
    assert fold("ខ្មែរ") == "ខ្មែរ"


PEOPLE = [
    "Lò Văn An",
    "Trần Thị An",
    "Lò Thị Ăn",
    "A Ân",
    "Nguyễn Văn Bình",
    "Vàng A Dao",
    "Lò Văn Đạo",
    "Lò Thị Hoa",
    "Nguyễn Thị Hoa",
    "Lò Thị Hòa",
    "Lò Thị Hoá",
    "Lò Thị Hoan",
    "Sùng Y",
]
TONES = ["ma", "mà", "mả", "mã", "má", "mạ", "man", "măn", "mân", "me", "mê", "mo", "mô", "mơ", "mu", "mư"]
PLACES = ["Ấp 1", "Bản 2", "Bản 2A", "Bản 9", "Bản 10", "Bản 101", "Bản Hon", "Thôn 1"]


@given(st.permutations(PEOPLE))
def test_people_are_sorted_by_given_name_then_family_name(names: list[str]) -> None:
    assert sorted(names, key=sort_key) == PEOPLE


@given(st.permutations(TONES))
def test_tones_follow_the_dictionary(words: list[str]) -> None:
    assert sorted(words, key=alphabet_key) == TONES


@given(st.permutations(PLACES))
def test_places_count_like_people_count(places: list[str]) -> None:
    assert sorted(places, key=alphabet_key) == PLACES


@given(st.text(max_size=40))
def test_sort_keys_hold_only_what_every_collation_orders_alike(text: str) -> None:
    for key in (sort_key(text), alphabet_key(text)):
        assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789")


@given(vietnamese_names)
def test_sort_key_is_short_and_blind_to_composition(name: str) -> None:
    assert sort_key(name) == sort_key(unicodedata.normalize("NFD", name)) == sort_key(name.upper())
    assert len(sort_key(name)) <= 2 * (len(name) + 1)


@given(vietnamese_names)
def test_translated_survives_json(name: str) -> None:
    for text in (Translated(nfc(name)), Translated(nfc(name), "Name"), Translated("", "Name")):
        assert Translated.from_json(text.to_json()) == text


def test_translated_shows_the_active_language_or_what_there_is() -> None:
    both, only_vietnamese, only_english = Translated("Lúa", "Rice"), Translated("Lúa"), Translated(en="Rice")
    with translation.override("vi"):
        assert [str(both), str(only_vietnamese), str(only_english)] == ["Lúa", "Lúa", "Rice"]
        assert [both.language, only_vietnamese.language, only_english.language] == ["vi", "vi", "en"]
    with translation.override("en-gb"):
        assert [str(both), str(only_vietnamese), str(only_english)] == ["Rice", "Lúa", "Rice"]
        assert [both.language, only_vietnamese.language, only_english.language] == ["en", "vi", "en"]


def test_translated_reads_what_is_stored() -> None:
    assert Translated.from_json("Lúa") == Translated("Lúa")
    assert Translated.from_json(None) == Translated()
    assert Translated.from_json({"vi": None, "fr": "riz"}) == Translated()
    assert not Translated()
    assert Translated("", "Rice")
    assert Translated("Lúa", "Rice").texts() == ("Lúa", "Rice")
