"""CSV as people have it: four encodings, three separators, packed or not. Nothing is decoded "as well as possible"."""

import codecs
import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import IO, Final

from django.utils.translation import gettext_lazy as _

from langso.kernel.imports.reading.cells import clean
from langso.kernel.imports.reading.limits import (
    LARGEST_CONTENT,
    BrokenFile,
    FileRefused,
    FileTooLarge,
    UnknownEncoding,
    cell_too_long,
)

GZIP_MAGIC: Final = b"\x1f\x8b"
SEPARATORS: Final = (",", ";", "\t")
_PIECE: Final = 1 << 20
_SAMPLE_ROWS: Final = 20

csv.field_size_limit(1 << 20)


@dataclass(frozen=True, slots=True)
class CsvTable:
    """One CSV file. `expected_rows` is an estimate from its line ends."""

    content: bytes
    encoding: str
    separator: str
    expected_rows: int
    sheets: tuple[str, ...] = ()

    def rows(self, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
        """Every record with its number, counted as a spreadsheet shows it: blank lines count, too."""
        with _opened(self.content) as raw, TextIOWrapper(raw, self.encoding, newline="") as text:
            number = 0
            try:
                for number, cells in enumerate(csv.reader(text, delimiter=self.separator, strict=True), 1):
                    yield number, [clean(cell) for cell in cells]
            except csv.Error as error:
                raise _broken(number + 1, str(error)) from error


def open_csv(content: bytes) -> CsvTable:
    """Find out encoding and separator. Raises `FileTooLarge`, `BrokenFile`, `UnknownEncoding`."""
    encoding, lines = _survey(content)
    return CsvTable(content, encoding, _separator(content, encoding), max(lines - 1, 0))


def _opened(content: bytes) -> IO[bytes]:
    return gzip.open(BytesIO(content)) if content.startswith(GZIP_MAGIC) else BytesIO(content)  # type: ignore[return-value]


def _survey(content: bytes) -> tuple[str, int]:
    """The encoding that fits the whole file, and the number of its lines.

    UTF-16 and UTF-8 are certain (a mark, or strictly valid). What is neither is taken as windows-1258, the single-byte
    code page of Vietnamese Windows, unless a byte has no meaning there.
    """
    try:
        pieces = _pieces(content)
        first = next(pieces, b"")
        encoding = _marked(first)
        for candidate in (encoding,) if encoding else ("utf-8", "windows-1258"):
            lines = _fits(content, candidate)
            if lines is not None:
                return candidate, lines
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BrokenFile() from None
    raise UnknownEncoding()


def _marked(first: bytes) -> str:
    """The encoding that the first bytes tell, or an empty string."""
    if first.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = first[:200]
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > len(sample) // 4 else ""


def _pieces(content: bytes) -> Iterator[bytes]:
    size = 0
    with _opened(content) as raw:
        while piece := raw.read(_PIECE):
            size += len(piece)
            if size > LARGEST_CONTENT:
                raise FileTooLarge()
            yield piece


def _fits(content: bytes, encoding: str) -> int | None:
    """How many lines the file has in this encoding; None when a byte has no meaning in it or none is a text's."""
    decoder, lines, ended = codecs.getincrementaldecoder(encoding)(), 0, True
    try:
        for piece in _pieces(content):
            text = decoder.decode(piece)
            if "\x00" in text:
                return None
            lines += text.count("\n") or text.count("\r")
            ended = text.endswith(("\n", "\r"))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return lines + (not ended)


def _separator(content: bytes, encoding: str) -> str:
    """The separator that cuts the first rows into the most columns, and into equally many."""
    return max(SEPARATORS, key=lambda separator: _fitness(content, encoding, separator))


def _fitness(content: bytes, encoding: str, separator: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        with _opened(content) as raw, TextIOWrapper(raw, encoding, newline="") as text:
            for cells, _number in zip(csv.reader(text, delimiter=separator), range(_SAMPLE_ROWS), strict=False):
                widths[len(cells)] += 1
    except csv.Error:
        return 0, 0
    wide = {width: times for width, times in widths.items() if width > 1}
    width = max(wide, key=lambda width: (wide[width], width), default=0)
    return wide.get(width, 0), width


def _broken(number: int, error: str) -> FileRefused:
    if "field larger than" in error:
        return cell_too_long(number)
    sentence = _(
        "Row %(number)s cannot be read: a quotation mark is missing or in the wrong place. Mend it in the file."
    )
    return BrokenFile(sentence % {"number": number})
