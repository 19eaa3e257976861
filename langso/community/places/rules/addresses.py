"""Reads an address as people write it: "xã Bình Lư, huyện Tam Đường, tỉnh Lai Châu", "P. 5, Q.3, TP HCM".

Pure: cuts the text into words and says which of them could be a unit's name. What exists is asked elsewhere.
"""

import re
import unicodedata
from dataclasses import dataclass

from langso.community.places.rules.names import key_of_folded
from langso.kernel.text import fold, nfc

LONGEST = 6
"""No unit's name has more words."""

KIND_WORDS: dict[tuple[str, ...], frozenset[str]] = {
    ("xa",): frozenset({"COMMUNE"}),
    ("x",): frozenset({"COMMUNE"}),
    ("phuong",): frozenset({"WARD"}),
    ("p",): frozenset({"WARD"}),
    ("thi", "tran"): frozenset({"TOWNSHIP"}),
    ("tt",): frozenset({"TOWNSHIP"}),
    ("dac", "khu"): frozenset({"SPECIAL_ZONE"}),
    ("huyen",): frozenset({"RURAL_DISTRICT"}),
    ("h",): frozenset({"RURAL_DISTRICT"}),
    ("quan",): frozenset({"URBAN_DISTRICT"}),
    ("q",): frozenset({"URBAN_DISTRICT"}),
    ("thi", "xa"): frozenset({"TOWN"}),
    ("tx",): frozenset({"TOWN"}),
    ("thanh", "pho"): frozenset({"CITY", "PROVINCIAL_CITY"}),
    ("tp",): frozenset({"CITY", "PROVINCIAL_CITY"}),
    ("tinh",): frozenset({"PROVINCE"}),
    ("t",): frozenset({"PROVINCE"}),
}
TONED_WORDS = {
    "xa": "xã",
    "phuong": "phường",
    "huyen": "huyện",
    "quan": "quận",
    "tinh": "tỉnh",
    "thi": "thị",
    "tran": "trấn",
    "thanh": "thành",
    "pho": "phố",
    "dac": "đặc",
    "khu": "khu",
}
OTHER_NAMES = {
    ("PROVINCE", "hcm"): "hochiminh",
    ("PROVINCE", "saigon"): "hochiminh",
    ("PROVINCE", "thuathienhue"): "hue",
    ("PROVINCE", "brvt"): "bariavungtau",
}
"""Names that stand on papers beside the one in the list, as matching keys. Huế was Thừa Thiên Huế until 2024."""

_SEPARATORS = re.compile(r"[,;\n]+")
_WORD = re.compile(r"[^\W_]+")
_TONES = "\u0300\u0309\u0303\u0301\u0323"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the address: folded, with its marks in one normal form, and whether a comma stands before it."""

    folded: str
    marked: str
    begins: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that could be a unit's name. `kinds`: what the word in front says it is (empty: none stands there).

    `before` is where the rest of the address, read from the right, goes on.
    """

    key: str
    marked: str
    kinds: frozenset[str]
    before: int
    length: int


def words_of(text: str) -> tuple[Word, ...]:
    """The words of an address, without "Việt Nam" at its end."""
    words: list[Word] = []
    for part in _SEPARATORS.split(nfc(text)):
        for place, word in enumerate(_WORD.findall(part)):
            words += [Word(piece, marked_form(word), place == 0) for piece in fold(word).split()]
    if [word.folded for word in words[-2:]] == ["viet", "nam"]:
        del words[-2:]
    return tuple(words)


def marked_form(name: str) -> str:
    """A name with its marks, wherever the tone was written: "Hoà" and "Hòa" are the same, "Hoa" is another."""
    return "".join(_tone_last(word) for word in _WORD.findall(nfc(name).lower()))


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    rest = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", rest) + tones


def candidates(words: tuple[Word, ...], *, end: int, level: str, kinds: frozenset[str]) -> list[Candidate]:
    """The names of units of a level (with its `kinds`) that could end just before `words[end]`, longest first.

    A name never goes across a comma, and a word for another level in front of it rules it out. A commune's begins
    behind a comma or a word for its kind: "12 đường Tân Phong, TP Lai Châu" is a street, not the ward of that name.
    """
    found = []
    for start in range(max(0, end - LONGEST), end):
        name = words[start:end]
        if any(word.begins for word in name[1:]):
            continue
        said, before = _kind_before(words, start, begins=name[0].begins)
        known_start = said or name[0].begins or level != "COMMUNE"
        if known_start and (not said or said & kinds):
            found += _candidate(name, said & kinds, before, level)
    return found


def _candidate(name: tuple[Word, ...], kinds: frozenset[str], before: int, level: str) -> list[Candidate]:
    key = key_of_folded(" ".join(word.folded for word in name))
    if key.isdigit() and not kinds:
        return []
    marked = "".join(word.marked for word in name)
    return [Candidate(OTHER_NAMES.get((level, key), key), marked, kinds, before, len(name))]


def _kind_before(words: tuple[Word, ...], start: int, *, begins: bool) -> tuple[frozenset[str], int]:
    """The kind that stands in front of a name, and where what is left of it ends."""
    if begins:
        return frozenset(), start
    for length in (2, 1):
        front = words[max(0, start - length) : start]
        kinds = KIND_WORDS.get(tuple(word.folded for word in front))
        if kinds and not any(word.begins for word in front[1:]) and _really_kind(front):
            return kinds, start - length
    return frozenset(), start


def _really_kind(front: tuple[Word, ...]) -> bool:
    """ "Quán" is part of a name, "quan" and "quận" are the kind."""
    return all(
        word.marked == word.folded or word.marked == marked_form(TONED_WORDS.get(word.folded, word.folded))
        for word in front
    )
