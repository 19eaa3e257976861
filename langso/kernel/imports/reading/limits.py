"""How much is taken, and the refusals of files: each says what to do."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Invalid

LARGEST_FILE: Final = 20_000_000
"""Bytes of the file as it is uploaded."""
LARGEST_CONTENT: Final = 200_000_000
"""Bytes after unpacking: a small file that unpacks to more is a mistake or an attack."""
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 300
LONGEST_CELL: Final = 10_000
"""Characters."""


class FileRefused(Invalid):
    """The file as a whole cannot be read; the message says why and what to do."""

    code = "file_refused"


class FileEmpty(FileRefused):
    code = "file_empty"
    message = _("The file is empty.")


class FileTooLarge(FileRefused):
    code = "file_too_large"
    message = _("The file is larger than 20 MB (200 MB unpacked). Split it into several files.")


class TooManyRows(FileRefused):
    code = "too_many_rows"
    message = _("The file has more than 200,000 rows. Split it into several files.")


class TooManyColumns(FileRefused):
    code = "too_many_columns"
    message = _("The file has more than 300 columns. Delete the ones that are not needed.")


class CellTooLong(FileRefused):
    code = "cell_too_long"


def cell_too_long(number: int) -> CellTooLong:
    """The refusal of a file whose row `number` holds a cell beyond the limit."""
    sentence = _("A cell in row %(number)s holds more than 10,000 characters. A quotation mark may be missing.")
    return CellTooLong(sentence % {"number": number})


class UnknownFormat(FileRefused):
    code = "unknown_format"
    message = _("This is not a CSV or XLSX file. Save the table as “Excel workbook (.xlsx)” or “CSV UTF-8”.")


class OldExcel(FileRefused):
    code = "old_excel"
    message = _(
        "This is an old Excel file (.xls) or one with a password. Open it in Excel and save it as "
        "“Excel workbook (.xlsx)” without a password."
    )


class BrokenFile(FileRefused):
    code = "broken_file"
    message = _("The file is damaged or only a part of it arrived. Save it again and upload the new copy.")


class UnknownEncoding(FileRefused):
    code = "unknown_encoding"
    message = _("The letters of this file cannot be read. Save it as “CSV UTF-8” or as XLSX.")
