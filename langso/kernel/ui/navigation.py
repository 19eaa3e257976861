"""Where an actor may go: the menu entries and work queues that the installed domains declare."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings
from django.urls import reverse

from langso.kernel.access.actors import Actor
from langso.kernel.domain import DomainConfig, NavEntry, WorkQueue
from langso.kernel.errors import Text

DESK_ADDRESS = "/desk/"


@dataclass(frozen=True, slots=True)
class Way:
    """A menu entry as a page shows it."""

    label: Text
    url: str
    icon: str
    current: bool = False


def domains() -> list[DomainConfig]:
    """The installed domains, in the order of the settings."""
    return [config for config in apps.get_app_configs() if isinstance(config, DomainConfig)]


def ways(actor: Actor, *, place: str, path: str = "") -> list[Way]:
    """The entries of one place ("desk" or "home") that are open to one of the actor's roles, in their order.

    The entry whose address is the longest beginning of `path` is the current one.
    """
    addresses = [(entry, _address(entry.url_name)) for entry in _entries(actor, place)]
    here = max((url for _entry, url in addresses if path.startswith(url)), key=len, default="")
    return [Way(entry.label, url, entry.icon, current=url == here) for entry, url in addresses]


@cache
def _address(url_name: str) -> str:
    """Addresses do not change while the program runs, and each page of the desk has a dozen in its menu."""
    return reverse(url_name)


def _entries(actor: Actor, place: str) -> list[NavEntry]:
    entries = (entry for config in domains() for entry in config.nav if entry.place == place)
    return sorted((entry for entry in entries if is_open_to(actor, entry)), key=lambda entry: entry.order)


def is_open_to(actor: Actor, entry: NavEntry) -> bool:
    """Whether the actor holds one of the entry's roles in the open commune, and this node has such a page."""
    return entry.only_at in ("", settings.ROLE) and any(actor.has_role(role) for role in entry.roles)


def works_at_desk(actor: Actor) -> bool:
    """Whether any menu entry of the desk is open to the actor."""
    return any(entry.place == "desk" and is_open_to(actor, entry) for config in domains() for entry in config.nav)


def work_queues(actor: Actor) -> Iterator[WorkQueue]:
    """What waits for the actor, domain by domain."""
    for config in domains():
        yield from config.work_queues(actor)
