"""Walking the XML of a worksheet and of the shared strings, piece by piece, with expat. Knows no meaning of cells."""

from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.parsers import expat

_PIECE: Final = 1 << 16
_TEXTS: Final = ("t", "v")
"""Elements whose text is a cell's: a string, or a value."""

_MOST_COLUMNS: Final = 16_384
"""What the format allows: a made-up reference must not fill the memory."""

CellText = Callable[[str, str, str, bool], str]
"""(type, style, text, has a formula) to the cell as text."""


def rows_of(xml: IO[bytes], read_cell: CellText) -> Iterator[tuple[int, list[str]]]:
    """Every `row` of a worksheet: its number, and its cells with the gaps filled up."""
    sheet = _Sheet(read_cell)
    parser = _parser(sheet)
    while piece := xml.read(_PIECE):
        parser.Parse(piece, False)
        yield from sheet.taken()
    parser.Parse(b"", True)
    yield from sheet.taken()


def shared_strings_of(xml: IO[bytes]) -> list[str]:
    """Every `si` of the shared strings, in order."""
    strings = _Strings()
    parser = _parser(strings)
    while piece := xml.read(_PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return strings.found


class _Walker:
    """Collects the text of `t` and `v`, but not of phonetic hints (`rPh`)."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.is_collecting = False
        self.is_hint = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in _TEXTS:
            self.is_collecting = not self.is_hint
        elif name == "rPh":
            self.is_hint = True

    def end(self, name: str) -> None:
        if name in _TEXTS:
            self.is_collecting = False
        elif name == "rPh":
            self.is_hint = False

    def characters(self, text: str) -> None:
        if self.is_collecting:
            self.text.append(text)


class _Strings(_Walker):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append("".join(self.text))
            self.text.clear()


class _Sheet(_Walker):
    def __init__(self, read_cell: CellText) -> None:
        super().__init__()
        self.read_cell = read_cell
        self.rows: list[tuple[int, list[str]]] = []
        self.number = 0
        self.cells: list[str] = []
        self.column = 0
        self.kind = self.style = ""
        self.has_formula = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        super().begin(name, attributes)
        if name == "c":
            self.column = _column(attributes["r"]) if "r" in attributes else len(self.cells)
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.has_formula = False
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.cells = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "c":
            text = self.read_cell(self.kind, self.style, "".join(self.text), self.has_formula)
            self.text.clear()
            self.cells.extend([""] * (self.column - len(self.cells)))
            self.cells.append(text)
        elif name == "row":
            self.rows.append((self.number, self.cells))

    def taken(self) -> list[tuple[int, list[str]]]:
        """The rows that are complete by now; each is given out once."""
        rows, self.rows = self.rows, []
        return rows


def _parser(walker: _Walker) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(name: str, attributes: dict[str, str]) -> None:
        walker.begin(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        walker.end(name.rpartition(":")[2])

    def refuse(*_declared: object) -> None:
        raise ValueError("a workbook declares no document type")

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = walker.characters
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _column(reference: str) -> int:
    """The column (from 0) of a cell's reference: `C7` is 2."""
    column = 0
    for letter in reference:
        if not letter.isalpha():
            break
        column = column * 26 + ord(letter.upper()) - 64
    if column > _MOST_COLUMNS:
        raise ValueError(f"no spreadsheet has a column {reference}")
    return column - 1
