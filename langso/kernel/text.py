"""Text: one normal form, one search form, Vietnamese order, and texts in two languages. No database.

Sources: Unicode UAX #15 for the normal forms; the Unicode CLDR collation `vi` for the order of letters
(a ă â … d đ e ê … o ô ơ … u ư) and of tones (level, huyền, hỏi, ngã, sắc, nặng).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from django.utils.translation import get_language

DEFAULT_LANGUAGE: Final = "vi"

# Đ has no decomposition; eth and African d look the same on screen, and old keyboards and fonts left them in registers.
_D_LETTERS = str.maketrans("đðɖ", "ddd")
_ZERO_WIDTH_SPACE = "\u200b"


def nfc(text: str) -> str:
    """The text in Unicode's composed form (NFC), the only one that is stored."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The search form: lower case, no diacritics, đ as d, one space for anything that is not a letter or digit.

    `fold("Hoà-Bình ")`, `fold("HÒA BÌNH")` and `fold("hoa binh")` are the same, however the input was composed.
    Marks of other scripts (Tai Viet, Khmer, Chăm) are vowels, not accents: they stay. Idempotent.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(map(_folded, plain.translate(_D_LETTERS))).split())


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character == _ZERO_WIDTH_SPACE:
        return " "
    category = unicodedata.category(character)
    if "\u0300" <= character <= "\u036f" or category == "Cf":
        return ""
    return character if category[0] in "LMN" else " "


def sort_key(name: str) -> str:
    """The order of people in a Vietnamese list: given name (the last word) first, then family and middle names.

    The key holds only a-z and 0-9, so every database and every collation sorts it alike; store it beside the name
    (at most about twice as long). Two people with the same name have the same key.
    """
    words = nfc(name).split()
    return "".join(_word_key(word) for word in words[-1:] + words[:-1])


def alphabet_key(text: str) -> str:
    """The order of titles and places: Vietnamese alphabet, word by word, and "Bản 2" before "Bản 10"."""
    return "".join(_word_key(word) for word in nfc(text).split())


_LETTER_MARKS = {
    ("a", "\u0306"): "a1",
    ("a", "\u0302"): "a2",
    ("e", "\u0302"): "e1",
    ("o", "\u0302"): "o1",
    ("o", "\u031b"): "o2",
    ("u", "\u031b"): "u1",
}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


@lru_cache(maxsize=8192)
def _word_key(word: str) -> str:
    """Two characters a letter (letter, variant), then `0` and the tone: shorter words first, tone decides last."""
    tone, pairs = "0", list[str]()
    for character in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()):
        if character in _TONES:
            tone = _TONES[character]
        elif pairs and (pairs[-1][0], character) in _LETTER_MARKS:
            pairs[-1] = _LETTER_MARKS[pairs[-1][0], character]
        elif pair := _pair(character):
            pairs.append(pair)
    return "".join(_with_number_lengths(pairs)) + "0" + tone if pairs else ""


def _pair(character: str) -> str:
    if character in "đðɖ":
        return "d1"
    if character.isascii():
        return f"1{character}" if character.isdigit() else f"{character}0" if character.isalpha() else ""
    return f"zz{ord(character):06x}" if unicodedata.category(character)[0] in "LN" else ""


def _with_number_lengths(pairs: list[str]) -> list[str]:
    """Write the length of a number before it, so that 10 follows 9."""
    keyed, number = list[str](), list[str]()
    for pair in [*pairs, ""]:
        if pair.startswith("1"):
            number.append(pair)
            continue
        if number:
            keyed += [f"1{min(len(number), 9)}", *number]
            number = []
        keyed.append(pair)
    return keyed


@dataclass(frozen=True, slots=True)
class Translated:
    """A text in Vietnamese and, when somebody wrote it, in English; stored as JSON `{"vi": …, "en": …}`.

    `str()` and templates show the active language, or the other one when the active one is empty. Where a page gives
    the text its own element, `lang="{{ title.language }}"` tells screen readers which it is.
    """

    vi: str = ""
    en: str = ""

    @classmethod
    def from_json(cls, value: Mapping[str, object] | str | None) -> Self:
        """Read stored JSON; a bare string is Vietnamese, unknown languages are left out, texts become NFC."""
        if isinstance(value, str):
            return cls(vi=nfc(value))
        texts = value or {}
        return cls(vi=nfc(str(texts.get("vi") or "")), en=nfc(str(texts.get("en") or "")))

    def to_json(self) -> dict[str, str]:
        """The JSON object; an empty English text is left out."""
        return {"vi": nfc(self.vi)} | ({"en": nfc(self.en)} if self.en else {})

    def texts(self) -> tuple[str, ...]:
        """The texts that are there, for a search index."""
        return tuple(text for text in (self.vi, self.en) if text)

    @property
    def language(self) -> str:
        """The code of the language that `str()` shows: `vi` or `en`."""
        wanted = (get_language() or DEFAULT_LANGUAGE)[:2]
        if wanted == "en":
            return "en" if self.en or not self.vi else "vi"
        return "vi" if self.vi or not self.en else "en"

    def __str__(self) -> str:
        return self.en if self.language == "en" else self.vi

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)
