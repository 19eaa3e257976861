"""How a unit's name is compared: without marks, without spaces and signs, without zeros before a number."""

from functools import cache

from langso.kernel.text import fold


def matching_key(name: str) -> str:
    """The form in which two spellings of a name are the same: "N'Thol Hạ", "n thol ha"; "Phường 01", "phuong 1".

    The folded words without what stands between them, because lists differ in hyphens and apostrophes.
    """
    return key_of_folded(fold(name))


def key_of_folded(folded: str) -> str:
    """The same of a name that is folded already."""
    return "".join(word.lstrip("0") or "0" if word.isdigit() else word for word in folded.split())


def without_marks(name: str) -> str:
    """The name in letters a-z, with its capitals: "Bình Lư" is "Binh Lu". English pages and machine-readable labels."""
    return "".join(letter if letter.isascii() else _plain(letter) for letter in name)


@cache
def _plain(letter: str) -> str:
    plain = fold(letter)
    return plain.upper() if letter.isupper() else plain
