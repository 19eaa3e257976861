"""Addresses of rows: a page of a list has dozens that differ only in their key."""

from functools import cache
from uuid import UUID

from django.urls import reverse

_PLACE = UUID(int=0)


def address_of(url_name: str, key: UUID | str) -> str:
    """What `reverse(url_name, args=[key])` says, looked up once for all keys."""
    before, after = _around(url_name)
    return f"{before}{key}{after}"


@cache
def _around(url_name: str) -> tuple[str, str]:
    before, _place, after = reverse(url_name, args=[_PLACE]).partition(str(_PLACE))
    return before, after
