"""Names of persons: tidying what was typed, and how alike two names are."""

from langso.kernel.text import fold, nfc

LONGEST = 120


def tidy_name(typed: str) -> str:
    """The name in NFC with single spaces; names typed all in capitals or all in small letters get their capitals.

    `tidy_name("  LÒ  VĂN AN ")` is `"Lò Văn An"`; a name in mixed letters stays as its owner writes it (`"H'Hen Niê"`).
    """
    name = " ".join(nfc(typed).split())
    if name and (name == name.upper() or name == name.lower()):
        return nfc(" ".join(_capitalised(word) for word in name.split()))
    return name


def _capitalised(word: str) -> str:
    parts = word.lower().replace("\u2019", "'").split("'")
    return "'".join(_capital(part[:1]) + part[1:] for part in parts)


def _capital(letter: str) -> str:
    """A letter whose capital is two letters (ß) stays: written so, the name would look as if typed in capitals."""
    return letter.upper() if len(letter.upper()) == 1 else letter


def is_a_name(name: str) -> bool:
    """Whether a tidy name can be one: letters in it, no digits, not too long."""
    return 0 < len(name) <= LONGEST and any(map(str.isalpha, name)) and not any(map(str.isdigit, name))


def alike(one: str, other: str) -> bool:
    """Whether two names may be one name written twice, however the marks and middle names were typed.

    The given name (last word) and the family name (first) may differ by one letter in all, without their marks; middle
    names may be missing on one side. "Lò Văn Tình" is like "Lo van Tinh", "Lò Tình" and "Lò Văn Tính", not like
    "Lò Thị Tình" or "Vàng Văn Tình".
    """
    first, second = fold(one).split(), fold(other).split()
    if not first or not second:
        return False
    if first == second or sorted(first) == sorted(second):
        return True
    if not _middle_fits(first[1:-1], second[1:-1]):
        return False
    return _distance(first[-1], second[-1]) + _distance(first[0], second[0]) <= 1


def _middle_fits(one: list[str], other: list[str]) -> bool:
    return not one or not other or one == other


def _distance(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed (Levenshtein 1966), or swapped with their neighbour."""
    if one == other:
        return 0
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, facing in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != facing))
            if older and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two numbers of one length differ by one typing slip: a digit changed, or two neighbours swapped."""
    if len(one) != len(other):
        return False
    differing = [place for place in range(len(one)) if one[place] != other[place]]
    if len(differing) == 2:
        first, second = differing
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(differing) == 1
