"""Every label of every sheet is read back: the QR codes by a decoder, the words as text, the page with a ruler."""

import unicodedata
from datetime import UTC, date, datetime

import pypdfium2
import pytest
import zxingcpp

from langso.kernel.ids import public_code
from langso.trade.trace.labels import Label, label_sheet
from langso.trade.trace.rules.printing import grouped
from langso.trade.trace.rules.sheets import LAYOUTS, Paper, corners

AT = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)
VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
POINTS_PER_MM = 72 / 25.4


def a_label(**changes: object) -> Label:
    code = public_code()
    given = {
        "url": f"https://truyxuat.laichau.example/lot/{code}",
        "code": code,
        "name": "Miến dong Bình Lư sợi nhỏ",
        "keeper": "Hợp tác xã miến dong",
        "produced_date": date(2026, 11, 2),
        "packed_date": date(2026, 11, 9),
        "expiry_date": date(2027, 11, 9),
        "print_number": 1,
        **changes,
    }
    return Label(**given)  # type: ignore[arg-type]


def decoded(page: pypdfium2.PdfPage, dpi: int = 203) -> list[str]:
    """All codes on the page, drawn as a 203 dpi thermal printer draws it."""
    image = page.render(scale=dpi / 72).to_pil().convert("L")
    return [found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)]


@pytest.mark.parametrize(("paper", "count", "start", "pages"), [(Paper.A4_24, 31, 5, 2), (Paper.ROLL_50X30, 3, 1, 3)])
def test_every_code_of_every_label_is_read_back(paper: Paper, count: int, start: int, pages: int) -> None:
    label, layout = a_label(), LAYOUTS[paper]
    document = pypdfium2.PdfDocument(label_sheet(label=label, paper=paper, count=count, start=start, printed_at=AT))
    assert len(document) == pages
    read = [text for page in document for text in decoded(page)]
    assert read == [label.url] * count
    for page in document:
        width, height = page.get_size()
        assert width == pytest.approx(float(layout.page_width) * POINTS_PER_MM, abs=0.05)
        assert height == pytest.approx(float(layout.page_height) * POINTS_PER_MM, abs=0.05)


def test_labels_begin_at_the_first_free_place() -> None:
    label = a_label()
    (page,) = pypdfium2.PdfDocument(label_sheet(label=label, paper=Paper.A4_24, count=1, start=24, printed_at=AT))
    scale = 203 / 72
    image = page.render(scale=scale).to_pil().convert("L")
    (found,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    ((_page, x, y),) = corners(LAYOUTS[Paper.A4_24], 1, 24)
    millimetre = POINTS_PER_MM * scale
    corner = found.position.top_left
    assert float(x) < corner.x / millimetre < float(x) + 8
    assert float(y) < corner.y / millimetre < float(y) + 10


@pytest.mark.parametrize("paper", list(Paper))
def test_words_stand_on_the_label_with_every_diacritic(paper: Paper) -> None:
    label = a_label(name="Chè Ô long Tẩn Phù Nhiêu", keeper="Hợp tác xã Đặng Thuỷ Ký")
    page = pypdfium2.PdfDocument(label_sheet(label=label, paper=paper, count=1, start=1, printed_at=AT))[0]
    words = " ".join(unicodedata.normalize("NFC", page.get_textpage().get_text_range()).split())
    for wanted in (label.name, label.keeper, grouped(label.code), "09/11/2026", "09/11/2027", "Đóng gói", "Hạn dùng"):
        assert wanted in words


def test_the_font_has_every_vietnamese_letter() -> None:
    """A letter that is not in the font would be an empty box, and would not be text."""
    for letters in (VIETNAMESE[:45], VIETNAMESE[45:], VIETNAMESE[:45].upper(), VIETNAMESE[45:].upper()):
        label = a_label(name=" ".join(letters[start : start + 9] for start in range(0, 45, 9)))
        page = pypdfium2.PdfDocument(label_sheet(label=label, paper=Paper.A4_24, count=1, start=1, printed_at=AT))[0]
        words = unicodedata.normalize("NFC", page.get_textpage().get_text_range())
        assert set(letters) <= set(words)


def test_a_very_long_name_hides_neither_dates_nor_code() -> None:
    label = a_label(name="Bánh khảo nhân lạc vừng truyền thống của đồng bào Giáy " * 3)
    page = pypdfium2.PdfDocument(label_sheet(label=label, paper=Paper.ROLL_50X30, count=1, start=1, printed_at=AT))[0]
    assert decoded(page) == [label.url]
    words = page.get_textpage()
    found = words.search(grouped(label.code)).get_next()
    assert found is not None
    left, bottom, right, top = words.get_charbox(found[0])
    assert 0 < bottom < top < 30 * POINTS_PER_MM
    assert 22 * POINTS_PER_MM < left < right < 50 * POINTS_PER_MM


def test_what_is_typed_is_never_read_as_a_programme() -> None:
    label = a_label(name='#import "/etc/passwd": *; $x$ \\ "] }', keeper="#panic()")
    page = pypdfium2.PdfDocument(label_sheet(label=label, paper=Paper.A4_24, count=1, start=1, printed_at=AT))[0]
    assert "#panic()" in page.get_textpage().get_text_range()


def test_the_same_print_is_the_same_file() -> None:
    label = a_label()
    sheets = {label_sheet(label=label, paper=Paper.A4_24, count=24, start=1, printed_at=AT) for _ in range(2)}
    assert len(sheets) == 1
