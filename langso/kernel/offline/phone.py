"""Which pages a phone should have before its owner asks for them."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from langso.kernel.access.actors import Actor
from langso.kernel.ui.navigation import domains

MOST_PAGES: Final = 24
"""At some 2 KB each: what a weak link carries in the background."""


def pages_for(actor: Actor) -> list[str]:
    """Addresses of the pages that should open without a link: `pages(actor)` of each domain's `phone.py`."""
    return list(dict.fromkeys(_pages(actor)))[:MOST_PAGES]


def _pages(actor: Actor) -> Iterator[str]:
    if not actor.signed_in:
        return
    for config in domains():
        if find_spec(f"{config.name}.phone") and config.name != "langso.kernel.offline":
            yield from import_module(f"{config.name}.phone").pages(actor)
