"""How a text becomes words of the index, and how typed text becomes a question to it. No database.

Every word of the index stands behind its commune and kind (`03390` + three hex digits + word). So a word is looked up
among one commune's documents of one kind only: nothing of another commune is even read, and a search costs the same on
a box with one commune and on a hub with two hundred. All words are `a-z0-9`, which no tokenizer splits.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Final

from langso.kernel.text import fold

LONGEST_WORD: Final = 40
"""Longer words are cut, in the index and in the question alike."""
LONGEST_QUESTION: Final = 200
"""Characters of typed text that are looked at."""
MOST_WORDS: Final = 8
"""Typed words that are looked at: the longest ones, which are the rarest."""
PARTITION_LENGTH: Final = 8
FEW: Final = 3000
"""Up to so many matches are looked up one by one, whatever a list is sorted by."""
SORTED: Final = 20_000
"""Up to so many documents are sorted to find the first of them: a tenth of a very large commune share the commonest
surname. What more than these share stands close together in any order, so a walk meets enough of it at once."""


def words_of(text: str) -> list[str]:
    """The different words of a text in search form, each `a-z0-9` and at most `LONGEST_WORD` characters."""
    return list(dict.fromkeys(_plain(word)[:LONGEST_WORD] for word in fold(text).split()))


def partition(commune: str, kind: str) -> str:
    """What stands before each word: eight characters. Two kinds may share it; the row's own kind decides."""
    return commune + _kind_digits(kind)


def indexed(commune: str, kind: str, text: str) -> str:
    """The words of a document as they are stored."""
    before = partition(commune, kind)
    return " ".join(before + word for word in words_of(text))


def asked(typed: str) -> list[str]:
    """The word beginnings that a document must all have; empty when nothing but punctuation was typed.

    A word that begins another one is left out, since the other one implies it.
    """
    words = sorted(words_of(typed[:LONGEST_QUESTION]), key=len, reverse=True)
    needed: list[str] = []
    for word in words:
        if not any(other.startswith(word) for other in needed):
            needed.append(word)
    return needed[:MOST_WORDS]


def fts5_question(beginnings: Iterable[str]) -> str:
    """The question in the language of SQLite's FTS5."""
    return " AND ".join(f'"{beginning}" *' for beginning in beginnings)


def tsquery(beginnings: Iterable[str]) -> str:
    """The question in the language of PostgreSQL's `tsquery`."""
    return " & ".join(f"'{beginning}':*" for beginning in beginnings)


@cache
def _kind_digits(kind: str) -> str:
    return hashlib.sha256(kind.encode()).hexdigest()[:3]


def _plain(word: str) -> str:
    if word.isascii():
        return word
    return "".join(letter if letter.isascii() else f"z{ord(letter):05x}" for letter in word)
