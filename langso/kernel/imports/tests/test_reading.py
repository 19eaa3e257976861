"""Files as they really come: encodings, separators, packed ones, workbooks, and broken ones."""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from langso.kernel.imports.reading import limits
from langso.kernel.imports.reading.cells import clean
from langso.kernel.imports.reading.table import filled, open_table, sample
from langso.kernel.imports.writing import FileFormat, write_table

TEXT = "Mã,Họ và tên\n1,Nguyễn Thị Ánh Tuyết\n2,Lò Văn Đường\n"
ROWS = [["Mã", "Họ và tên"], ["1", "Nguyễn Thị Ánh Tuyết"], ["2", "Lò Văn Đường"]]


def read(content: bytes, sheet: str = "") -> list[list[str]]:
    return [cells for _number, cells in filled(open_table(content), sheet)]


def windows_1258(text: str) -> bytes:
    """As Vietnamese Windows wrote it: a base letter (with its hat or horn) and a tone mark behind it."""
    tones = {"\u0300": 0xCC, "\u0309": 0xD2, "\u0303": 0xDE, "\u0301": 0xEC, "\u0323": 0xF2}
    out = bytearray()
    for character in text:
        for part in _taken_apart(character):
            out += bytes([tones[part]]) if part in tones else part.encode("windows-1258")
    return bytes(out)


def _taken_apart(character: str) -> str:
    parts = normalize("NFD", character)
    tone = "".join(part for part in parts if part in "\u0300\u0309\u0303\u0301\u0323")
    return normalize("NFC", "".join(part for part in parts if part not in tone)) + tone


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        windows_1258(TEXT),
        gzip.compress(TEXT.encode()),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["utf8", "bom", "utf16", "utf16le", "utf16be", "1258", "gz", "semicolon", "tab16", "crlf", "cr"],
)
def test_the_same_table_in_every_encoding_and_separator(content: bytes) -> None:
    assert read(content) == ROWS


def test_text_is_composed_and_trimmed() -> None:
    assert read("a,b\n Ho\u0323 ,x\n".encode())[1] == ["Họ", "x"]


def test_a_comma_inside_quotes_does_not_decide_the_separator() -> None:
    content = 'ten;dia chi\nAn;"Bản 1, Bình Lư, Lai Châu"\nBình;"Bản 2, Bình Lư, Lai Châu"\n'.encode()
    assert read(content)[1] == ["An", "Bản 1, Bình Lư, Lai Châu"]


def test_rows_are_numbered_as_a_spreadsheet_counts_them() -> None:
    content = b'a,b\n\n1,"two\nlines"\n2,x\n'
    assert [number for number, _cells in filled(open_table(content), "")] == [1, 3, 4]


def test_a_file_of_one_column() -> None:
    assert read(b"code\n1\n2\n") == [["code"], ["1"], ["2"]]


def broken_gzip() -> bytes:
    return gzip.compress(TEXT.encode() * 100)[:-30]


def gzip_bomb() -> bytes:
    return gzip.compress(b"a,b\n" * (limits.LARGEST_CONTENT // 4 + 1), compresslevel=9)


def wide() -> bytes:
    return (",".join("x" * (limits.MOST_COLUMNS + 1)) + "\n").encode()


def read_whole_file(content: bytes) -> None:
    table = open_table(content)
    sample(table, "")
    list(filled(table, ""))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", limits.FileEmpty),
        (b" \n\n ", limits.FileEmpty),
        (b"\xef\xbb\xbf\n\n", limits.FileEmpty),
        (b"x" * (limits.LARGEST_FILE + 1), limits.FileTooLarge),
        (gzip_bomb(), limits.FileTooLarge),
        (broken_gzip(), limits.BrokenFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", limits.OldExcel),
        (b"%PDF-1.7 ...", limits.UnknownFormat),
        (b"a,b\n1,\x00\x012\n", limits.UnknownEncoding),
        (b"a,b\n1,\xd2\xff\x00\n", limits.UnknownEncoding),
        (b'a,b\n1,"never closed\n2,x\n', limits.BrokenFile),
        (b'a,b\n1,"closed"x\n', limits.BrokenFile),
        (b"a,b\n1," + b"x" * 10_001 + b"\n", limits.CellTooLong),
        (wide(), limits.TooManyColumns),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_cannot_be_read_is_refused_with_a_reason(content: bytes, refusal: type[limits.FileRefused]) -> None:
    with pytest.raises(refusal) as caught:
        read_whole_file(content)
    assert str(caught.value)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langso.kernel.imports.reading.table.MOST_ROWS", 3)
    assert len(read(b"a\n1\n2\n")) == 3
    with pytest.raises(limits.TooManyRows):
        read(b"a\n1\n2\n3\n")


def test_the_broken_row_is_named() -> None:
    with pytest.raises(limits.BrokenFile, match="4"):
        read(b'a,b\n1,x\n2,y\n3,"z\n')


def workbook(*rows: list[object], title: str = "Sheet") -> Workbook:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_gives_days_as_days_and_numbers_without_a_useless_fraction() -> None:
    book = workbook(
        ["a", "b", "c", "d", "e"],
        [date(2020, 1, 31), datetime.fromisoformat("2020-01-31T08:30"), 3.0, 2.5, "  x "],
        [123456789012345, 0.1 + 0.2, None, True, "0912"],
    )
    assert read(saved(book)) == [
        ["a", "b", "c", "d", "e"],
        ["2020-01-31", "2020-01-31 08:30", "3", "2.5", "x"],
        ["123456789012345", "0.3", "", "TRUE", "0912"],
    ]


def test_the_chosen_sheet_is_read_and_gaps_count_as_rows() -> None:
    book = workbook(["first"], title="Một")
    other = book.create_sheet("Hai")
    other["A1"], other["A5"] = "second", "five"
    table = open_table(saved(book))
    assert table.sheets == ("Một", "Hai")
    assert list(filled(table, "Hai")) == [(1, ["second"]), (5, ["five"])]
    with pytest.raises(limits.BrokenFile):
        list(table.rows("Ba"))


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part rewritten."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def test_a_formula_gives_its_stored_value_and_is_marked_when_there_is_none() -> None:
    content = saved(workbook(["a", "b"], [1, "=A2*2"]))
    assert read(content)[1] == ["1", "#FORMULA!"]
    with_value = changed(
        content, SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    )
    assert read(with_value)[1] == ["1", "2"]


def with_shared_strings(*strings: bytes) -> bytes:
    """A workbook as Excel writes it: one row whose cells refer to these entries of the shared strings."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'.encode()
    cells = b"".join(b'<c t="s"><v>%d</v></c>' % number for number in range(len(strings)))
    content = saved(workbook(["x"]))
    content = changed(content, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", override))
    content = changed(content, SHEET, lambda xml: re.sub(rb"<c .*</c>", cells, xml))
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as packed:
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        packed.writestr(STRINGS, b'<sst xmlns="%s">%s</sst>' % (space, b"".join(strings)))
    return target.getvalue()


def test_shared_strings_rich_text_phonetic_hints_and_escapes() -> None:
    plain = "<si><t>Lò Văn An</t></si>".encode()
    rich = "<si><r><t>Mi</t></r><r><t>ến_x0020_dong</t></r><rPh><t>no</t></rPh></si>".encode()
    assert read(with_shared_strings(plain, rich)) == [["Lò Văn An", "Miến dong"]]


def test_names_with_prefixes_are_understood() -> None:
    def prefixed(xml: bytes) -> bytes:
        named = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml)
        return named.replace(b"xmlns=", b"xmlns:x=")

    assert read(changed(saved(workbook(["a", 2])), SHEET, prefixed)) == [["a", "2"]]


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b'r="A1"', b'r="ZZZZZZZZ1"'),
        lambda xml: b'<!DOCTYPE x [<!ENTITY a "a">]>' + xml,
        lambda xml: xml[:-40],
        lambda xml: xml.replace(b't="n"', b't="s"').replace(b't="inlineStr"', b't="s"'),
    ],
    ids=["column", "doctype", "cut", "string"],
)
def test_a_workbook_with_a_broken_sheet_is_refused(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(limits.BrokenFile):
        read(changed(saved(workbook(["a", 2])), SHEET, change))


def test_a_damaged_workbook_is_refused() -> None:
    content = saved(workbook(["a"], [1]))
    with pytest.raises(limits.BrokenFile):
        open_table(content[: len(content) // 2])
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(limits.UnknownFormat):
        open_table(other.getvalue())


def test_the_sample_holds_the_first_rows_only() -> None:
    assert len(sample(open_table(b"a\n" + b"1\n" * 500), "")) == 30


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    file_format=st.sampled_from(FileFormat),
)
def test_what_we_write_we_read_again(rows: list[list[str]], file_format: FileFormat) -> None:
    headings = ["a", "b", "c"]
    expected = [[clean(cell) for cell in row] for row in rows]
    again = read(write_table(file_format, headings, rows))
    assert again == [headings, *(row for row in expected if any(row))]


def test_nothing_we_write_runs_as_a_formula() -> None:
    cells = ["=1+1", "@SUM(A1)", "+84 912 345 678", "-5", "-2+3", "plain"]
    [_heading, row] = list(csv.reader(io.StringIO(write_table(FileFormat.CSV, ["h"] * 6, [cells]).decode("utf-8-sig"))))
    assert row == ["'=1+1", "'@SUM(A1)", "+84 912 345 678", "-5", "'-2+3", "plain"]
    assert read(write_table(FileFormat.XLSX, list("abcdef"), [cells]))[1] == cells
