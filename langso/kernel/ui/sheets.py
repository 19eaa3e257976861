"""Style sheets that stand within a page, for who opens one page once: over EDGE the round trip for a sheet of its own
is a fifth of the wait."""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

HERE = "resident.css"
"""The one sheet that may stand within a page."""


@cache
def sheet() -> SafeString:
    """The text of the sheet as it was built; empty before the first build."""
    place = finders.find(HERE)
    if place is None:
        return SafeString("")
    with open(place, encoding="utf-8") as file:
        return mark_safe(file.read())  # noqa: S308 our own file


@cache
def sheet_source() -> str:
    """The sheet as a source in a content security policy: this text and no other."""
    return f"'sha256-{b64encode(sha256(sheet().encode()).digest()).decode()}'"
