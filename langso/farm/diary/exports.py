"""A season's diary as CSV, for a spreadsheet: one line an entry, all columns of the four tables."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from langso.farm.diary.queries.lines import Line
from langso.farm.diary.queries.screens import SeasonDiary
from langso.kernel.listing.columns import for_csv


def season_csv(page: SeasonDiary) -> HttpResponse:
    """The file as a download; UTF-8 with a mark, so that spreadsheets read Vietnamese."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(
        [_("Day"), _("Entry"), _("Details"), _("Remark"), _("State"), _("Concerns"), _("Written down"), _("Written by")]
    )
    rows.writerows(map(_row, _oldest_first(page)))
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="diary-{page.season.id}.csv"'
    return response


def _oldest_first(page: SeasonDiary) -> Iterable[Line]:
    return sorted([*page.lines, *page.inputs], key=lambda line: (line.on_date, line.recorded_at))


def _row(line: Line) -> list[str]:
    told = [line.title, line.text, line.remark, str(line.state_name), str(line.concerns)]
    return [
        line.on_date.isoformat(),
        *map(for_csv, told),
        for_csv(line.recorded_at),
        for_csv(line.recorded_by),
    ]
