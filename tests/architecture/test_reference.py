"""Every screen, endpoint, event and command is in the documentation, and every address is in an access table."""

import pytest

from tools import reference

FREE = {
    "set_language": "Django's own language switch: changes nothing but a cookie",
    "healthz": "for supervisors, holds nothing private; tested with the running node",
}


def test_the_reference_pages_are_what_the_program_says() -> None:
    for page, text in reference.pages().items():
        assert page.exists(), f"{page.name} is missing: python -m tools.reference"
        assert page.read_text(encoding="utf-8") == text, f"{page.name} is stale: python -m tools.reference"


@pytest.fixture(scope="module")
def addresses() -> list[reference.Address]:
    found = reference.addresses()
    assert len(found) > 60, "hardly any address was looked at"
    return found


def test_every_address_stands_in_an_access_table(addresses: list[reference.Address]) -> None:
    in_tables = set(reference.welcomed())
    missing = [a.route for a in addresses if a.name not in in_tables and a.name not in FREE]
    assert missing == []


def test_every_view_says_what_it_shows(addresses: list[reference.Address]) -> None:
    missing = [a.route for a in addresses if not a.what and a.name not in FREE]
    assert missing == []


def test_every_event_says_what_happened() -> None:
    page = reference.events()
    assert page.count("\n| `") > 40
    assert "|  |" not in page
