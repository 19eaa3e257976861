"""Label sheets as PDF: QR code, grouped code, product and dates, set by Typst.

Only fonts that the Typst wheel carries are used (Libertinus Serif and DejaVu Sans Mono, both free to embed): they hold
every Vietnamese letter, and the same sheet comes out on every machine.
"""

import io
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from langso.trade.trace.rules.printing import grouped
from langso.trade.trace.rules.sheets import LAYOUTS, Paper, corners

SOURCE = Path(__file__).parent / "templates" / "trace" / "labels.typ"
QUIET_ZONE = 4
"""White modules around the code (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on each label of a lot. `url` is what the QR code says; `print_number` counts the lot's prints."""

    url: str
    code: str
    name: str
    keeper: str
    produced_date: date
    packed_date: date | None
    expiry_date: date | None
    print_number: int


def label_sheet(*, label: Label, paper: Paper, count: int, start: int, printed_at: datetime) -> bytes:
    """The PDF of `count` equal labels, from the `start`-th place of the first sheet on. Same input, same file."""
    layout = LAYOUTS[paper]
    sheets: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for page, x, y in corners(layout, count, start):
        sheets[page].append((float(x), float(y)))
    data = {
        "page": {"width": float(layout.page_width), "height": float(layout.page_height)},
        "label": {"width": float(layout.label_width), "height": float(layout.label_height)},
        "qr_size": float(layout.qr_size),
        "name_height": float(layout.name_height),
        "keeper_height": float(layout.keeper_height),
        "sheets": [sheets[page] for page in sorted(sheets)],
        **_words(label),
    }
    pdf = typst.compile(
        SOURCE.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data)},
        format="pdf",
        timestamp=printed_at.replace(microsecond=0),
    )
    assert isinstance(pdf, bytes)
    return pdf


def qr_svg(url: str) -> str:
    """The QR code as SVG, level M: fifteen parts of a hundred may be dirty."""
    drawn = io.BytesIO()
    segno.make(url, error="m", boost_error=False, micro=False).save(
        drawn, kind="svg", border=QUIET_ZONE, xmldecl=False, svgclass=None, lineclass=None
    )
    return drawn.getvalue().decode()


def _words(label: Label) -> dict[str, Any]:
    """Labels speak Vietnamese, whoever prints them."""
    with override("vi"):
        dates = [
            (_("Packed"), label.packed_date) if label.packed_date else (_("Produced"), label.produced_date),
            (_("Best before"), label.expiry_date),
        ]
        return {
            "title": f"{label.name} {grouped(label.code)}",
            "qr": qr_svg(label.url),
            "url": label.url,
            "code": grouped(label.code),
            "name": label.name,
            "keeper": label.keeper,
            "lines": [f"{word}: {day:%d/%m/%Y}" for word, day in dates if day is not None],
            "print": _("print %(number)s") % {"number": label.print_number},
        }


@cache
def _fonts() -> typst.Fonts:
    """Read once: finding fonts takes longer than setting a sheet. Only those of the wheel."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
