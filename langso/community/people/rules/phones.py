"""Mobile numbers of old lists: before 2018 some had eleven digits.

Source: plan 798/QĐ-BTTTT of 2018 of the Ministry of Information and Communications, which gave each old prefix a new
one.
"""

import re

from langso.kernel import phones

NEW_PREFIX = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip

_OLD = re.compile(r"(?:\+?84|0)?(1\d{2})(\d{7})", re.ASCII)


def read_phone(typed: str) -> str | None:
    """The number as `+84…` and nine digits, or None. `"0168.123.4567"` of before 2018 is `"+84381234567"`."""
    found = _OLD.fullmatch(re.sub(r"[\s.\-()]", "", typed))
    if found and found[1] in NEW_PREFIX:
        return phones.read_phone(f"0{NEW_PREFIX[found[1]]}{found[2]}")
    return phones.read_phone(typed)
