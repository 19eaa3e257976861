"""What officers type into the search of residents: one to three words without diacritics, common and rare."""

from dataclasses import dataclass
from random import Random

from langso.kernel.text import fold
from tests.load.register import Resident

KINDS = (
    ("full name", 30),
    ("surname and given name", 25),
    ("given name", 12),
    ("surname", 8),
    ("full name, last word half typed", 15),
    ("middle name, half of the register", 5),
    ("nobody", 5),
)
"""Kind of question and its share in per cent."""


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    typed: str


def questions(people: list[Resident], count: int, *, seed: int = 7) -> list[Question]:
    """`count` questions about people of the register, common names as often as they are borne."""
    chance = Random(seed)
    asked = []
    for kind in chance.choices([kind for kind, _ in KINDS], [share for _, share in KINDS], k=count):
        words = fold(chance.choice(people).name).split()
        asked.append(Question(kind, _typed(kind, words)))
    return asked


def _typed(kind: str, words: list[str]) -> str:
    surname, middle, given = words[0], words[1], words[-1]
    half = given[: max(1, (len(given) + 1) // 2)]
    return {
        "full name": f"{surname} {middle} {given}",
        "surname and given name": f"{surname} {given}",
        "given name": given,
        "surname": surname,
        "full name, last word half typed": f"{surname} {middle} {half}",
        "middle name, half of the register": "thi",
        "nobody": f"{surname} zx{given}",
    }[kind]
