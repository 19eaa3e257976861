"""Runs a domain's access table: who may open what, one row a question.

A domain's `tests/test_access.py` holds

    TABLE = (
        Row("dung", "GET", "/people/{person}/", 200),
        Row("lan", "GET", "/people/{person}/", 404),
    )

and `test_access = access_test(TABLE, things)`, where
`things(cast)` makes what the addresses name and returns their values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.cast import Cast


@dataclass(frozen=True)
class Row:
    """`who` is a name of the cast, `nobody` an anonymous visitor. `expected` is the status before any redirect."""

    who: str
    method: str
    url: str
    expected: int
    body: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.who} {self.method} {self.url} {self.expected}"


Things = Callable[[Cast], Mapping[str, object]]


def no_things(cast: Cast) -> Mapping[str, object]:
    return {}


def access_test(table: tuple[Row, ...], things: Things = no_things) -> Callable[..., None]:
    """A parametrised test of the whole table."""

    @pytest.mark.django_db
    @pytest.mark.parametrize("row", table, ids=str)
    def test_access(row: Row, cast: Cast) -> None:
        made = things(cast)
        url = row.url.format(**made)
        body = {name: str(value).format(**made) if "{" in str(value) else value for name, value in row.body.items()}
        options: dict[str, Any] = {"content_type": "application/json"} if url.startswith("/api/") else {}
        client = cast.client(row.who)
        if row.method == "GET":
            answer = client.get(url, body)
        else:
            answer = client.generic_post(row.method, url, body, **options)
        assert answer.status_code == row.expected, answer.content[:600].decode(errors="replace")

    return test_access
