"""Values by column instead of by row: alike stands beside alike, and what repeats is said once.

A column is a list whose first item says how it is written:

    ["=", value]                  the same small value in every row
    ["d", [values], [indices]]    few different texts
    ["u", [references]]           ids: 0 a new one, the next of the batch's table; k the k-th of the table; -1 none
    ["o", [keys], [columns]]      objects with the same keys, each key a column again
    ["v", [values]]               anything else

Ids are half of what a record weighs and cannot be squeezed: each stands once in a table, in binary. Its first 48 bits,
a time, are written as the difference from the id before.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from langso.kernel.link.wire.errors import Malformed

Column = list[Any]

TAIL: Final = 10
"""Bytes of an id that are written as they are."""
DEEPEST: Final = 24
LONGEST_KEY, MOST_KEYS = 200, 500
LONGEST_CONSTANT: Final = 200
TEXT_OF_ID: Final = 36


class Ids:
    """The table of a batch's ids. `write` gives a reference; `read` the id, as text."""

    def __init__(self, times: Sequence[int] = (), tails: bytes = b"") -> None:
        self._numbers: dict[str, int] = {}
        self._times: list[int] = []
        self._tails: list[bytes] = []
        self._read = 0
        self.texts = _texts(times, tails)

    def write(self, text: str) -> int:
        """0 for an id that is new to the table, else its number in it."""
        number = self._numbers.get(text)
        if number is None:
            self._numbers[text] = len(self._numbers) + 1
            value = int(text.replace("-", ""), 16)
            self._times.append(value >> 8 * TAIL)
            self._tails.append((value & (1 << 8 * TAIL) - 1).to_bytes(TAIL, "big"))
            return 0
        return number

    def read(self, reference: Any) -> str:
        if reference == 0:
            self._read += 1
            reference = self._read
        if type(reference) is not int or not 0 < reference <= min(self._read, len(self.texts)):
            raise Malformed("names an id that the batch does not hold")
        return self.texts[reference - 1]

    def table(self) -> tuple[list[int], bytes]:
        """The differences of the times, and the tails one after the other."""
        return _differences(self._times), b"".join(self._tails)


def _texts(times: Sequence[int], tails: bytes) -> list[str]:
    if len(tails) != TAIL * len(times):
        raise Malformed("the table of ids does not fit its bytes")
    made, time = [], 0
    for number, step in enumerate(times):
        if type(step) is not int:
            raise Malformed("the table of ids holds something else")
        time += step
        if not 0 <= time < 1 << 48:
            raise Malformed("an id is out of range")
        text = f"{time:012x}{tails[TAIL * number : TAIL * (number + 1)].hex()}"
        made.append(f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}")
    return made


def write(values: list[Any], ids: Ids, depth: int = 0) -> Column:
    """A column of JSON values."""
    first = values[0] if values else None
    if _is_small(first) and all(value == first and type(value) is type(first) for value in values):
        return ["=", first]
    if isinstance(first, dict) and depth < DEEPEST:
        keys = tuple(first)
        if _can_be_keys(keys) and all(isinstance(value, dict) and tuple(value) == keys for value in values):
            return ["o", list(keys), [write([value[key] for value in values], ids, depth + 1) for key in keys]]
    if all(value is None or isinstance(value, str) for value in values):
        return _write_texts(values, ids)
    return ["v", values]


def _write_texts(values: list[Any], ids: Ids) -> Column:
    if all(value is None or _is_id(value) for value in values):
        return ["u", [-1 if value is None else ids.write(value) for value in values]]
    different = list(dict.fromkeys(values))
    if len(different) * 3 <= len(values) and all(_is_small(value) for value in different):
        numbers = {value: number for number, value in enumerate(different)}
        return ["d", different, [numbers[value] for value in values]]
    return ["v", values]


def _is_small(value: Any) -> bool:
    return value is None or isinstance(value, bool | int) or (isinstance(value, str) and len(value) <= LONGEST_CONSTANT)


def _can_be_keys(keys: tuple[str, ...]) -> bool:
    return 0 < len(keys) <= MOST_KEYS and all(len(key) <= LONGEST_KEY for key in keys)


def _is_id(text: str) -> bool:
    """Whether the text is an id as Python writes it, so that it comes back letter by letter."""
    if len(text) != TEXT_OF_ID or text[8] != "-":
        return False
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


class Reader:
    """Reads columns that a stranger may have written. What is said once for many rows is weighed for each of them."""

    def __init__(self, ids: Ids, most: int) -> None:
        self.ids = ids
        self.left = most

    def read(self, column: Any, rows: int, depth: int = 0) -> list[Any]:
        """The values of a column of so many rows. Raises `Malformed`."""
        if not isinstance(column, list) or not column or depth > DEEPEST:
            raise Malformed("no column, or one that is too deep")
        match column:
            case ["=", value] if _is_small(value):
                return self._constant(value, rows)
            case ["d", list(different), list(numbers)] if len(numbers) == rows:
                return self._few(different, numbers)
            case ["u", list(references)] if len(references) == rows:
                self._weigh(TEXT_OF_ID * rows)
                return [None if reference == -1 else self.ids.read(reference) for reference in references]
            case ["o", list(keys), list(columns)] if len(keys) == len(columns):
                return self._objects(keys, columns, rows, depth)
            case ["v", list(values)] if len(values) == rows:
                return values
        raise Malformed("a column does not fit its rows")

    def _constant(self, value: Any, rows: int) -> list[Any]:
        self._weigh(rows * (len(value) if isinstance(value, str) else 1))
        return [value] * rows

    def _few(self, different: list[Any], numbers: list[Any]) -> list[Any]:
        if not all(_is_small(value) for value in different):
            raise Malformed("a repeated value is too long")
        self._weigh(len(numbers) * max((len(str(value)) for value in different), default=0))
        if not all(type(number) is int and 0 <= number < len(different) for number in numbers):
            raise Malformed("a repeated value is not there")
        return [different[number] for number in numbers]

    def _objects(self, keys: list[Any], columns: list[Any], rows: int, depth: int) -> list[Any]:
        if not all(isinstance(key, str) for key in keys) or not _can_be_keys(tuple(keys)) or len(set(keys)) < len(keys):
            raise Malformed("the keys of an object are not what keys are")
        self._weigh(rows * sum(len(key) + 4 for key in keys))
        held = [self.read(column, rows, depth + 1) for column in columns]
        return [dict(zip(keys, values, strict=True)) for values in zip(*held, strict=True)]

    def _weigh(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Malformed("too large once it is written out")


def _differences(numbers: Sequence[int]) -> list[int]:
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]
