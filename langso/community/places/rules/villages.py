"""Names of villages: the word in front, and a list that was pasted."""

import re
from dataclasses import dataclass

from langso.kernel.text import fold, nfc

KIND_WORDS = {
    "THON": "Thôn",
    "BAN": "Bản",
    "AP": "Ấp",
    "LANG": "Làng",
    "BUON": "Buôn",
    "XOM": "Xóm",
    "SOC": "Sóc",
    "TO_DAN_PHO": "Tổ dân phố",
    "KHU_PHO": "Khu phố",
    "KHOM": "Khóm",
}
SHORT_FORMS = {"tdp": "TO_DAN_PHO", "to dp": "TO_DAN_PHO", "kp": "KHU_PHO"}
LONGEST_NAME = 80
_SPOKEN = sorted(((fold(word), kind) for kind, word in KIND_WORDS.items()), key=lambda pair: -len(pair[0]))
_LIST_MARK = re.compile(r"^\s*(?:\d{1,3}\s*[.)\]/:]|[-+*•–])\s*")


def kind_in_front(typed: str) -> tuple[str, str] | None:
    """The kind whose word stands in front, and the rest: `("BAN", "Nà Đon")` of "bản Nà Đon"; None when there is none.

    A word with other tones is another word ("Bàn", a table): only the same letters, or letters without marks, count.
    """
    words = nfc(typed).split()
    for spoken, kind in [*SHORT_FORMS.items(), *_SPOKEN]:
        length = len(spoken.split())
        front, rest = " ".join(words[:length]), " ".join(words[length:])
        plain = fold(front) == spoken and (front.lower() in (spoken, KIND_WORDS[kind].lower()))
        if plain and rest:
            return kind, rest
    return None


def whole_name(*, kind: str, typed: str) -> str:
    """The name as it is stored, kind in front: "Bản Nà Đon" for "Nà Đon", "bản Nà Đon" and "BẢN Nà Đon"."""
    found = kind_in_front(typed)
    rest = found[1] if found and found[0] == kind else " ".join(nfc(typed).split())
    return f"{KIND_WORDS[kind]} {rest}"


@dataclass(frozen=True, slots=True)
class PastedVillage:
    """A line of a pasted list. `line` counts from 1; `kind` is the word in front or the list's usual kind."""

    line: int
    kind: str
    name: str


def read_list(pasted: str, *, usual_kind: str) -> list[PastedVillage]:
    """One village a line; numbers and bullets in front and empty lines are skipped: "1. Bản Nà Đon", "- Nà Hum"."""
    found = []
    for number, line in enumerate(pasted.splitlines(), start=1):
        text = _LIST_MARK.sub("", line).strip(" \t,;.")
        if not text:
            continue
        front = kind_in_front(text)
        kind = front[0] if front else usual_kind
        found.append(PastedVillage(number, kind, whole_name(kind=kind, typed=text)))
    return found
