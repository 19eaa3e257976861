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
from django.db import transaction

from tests.cast import Cast, CastClient


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
    """A test of the whole table. Each row is undone before the next, so that the order of rows means nothing."""

    @pytest.mark.django_db
    def test_access(cast: Cast) -> None:
        made = things(cast)
        browsers = {who: Browser(cast, who) for who in {row.who for row in table}}
        wrong = []
        for row in table:
            with transaction.atomic():
                answer = ask(row, browsers[row.who].opened(), made)
                if answer.status_code != row.expected:
                    wrong.append(f"{row}: got {answer.status_code} {_text(answer)[:300]}")
                transaction.set_rollback(True)
        assert wrong == []

    return test_access


class Browser:
    """One person's browser, signed in once; each opening begins with the cookies of then."""

    def __init__(self, cast: Cast, who: str) -> None:
        self.client = cast.client(who)
        self.cookies = dict(self.client.cookies)

    def opened(self) -> CastClient:
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)
        return self.client


def ask(row: Row, client: CastClient, made: Mapping[str, object]) -> Any:
    """Send what a row says; returns the answer."""
    url = row.url.format(**made)
    body = {name: str(value).format(**made) if "{" in str(value) else value for name, value in row.body.items()}
    options: dict[str, Any] = {"content_type": "application/json"} if url.startswith("/api/") else {}
    if row.method == "GET":
        return client.get(url, body)
    return client.generic_post(row.method, url, body, **options)


def _text(answer: Any) -> str:
    return "" if answer.streaming else answer.content.decode(errors="replace")
