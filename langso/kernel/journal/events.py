"""What an event is: a frozen fact in the past tense, with a version and a reach, written down and read again."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any, TypeVar, dataclass_transform

from django.core.exceptions import ImproperlyConfigured
from pydantic import TypeAdapter


class Reach(IntEnum):
    """How far an entry may travel. Personal data is HERE unless a service says why not."""

    HERE = 0
    """Never leaves the node."""
    PROVINCE = 1
    """Travels up to the hub."""
    COMMUNES = 2
    """Travels down to communes."""
    PUBLIC = 3
    """May be published as open data."""


Fact = TypeVar("Fact", bound=type)

KINDS: dict[str, type] = {}
"""Every event class of this program by its kind, such as `trade.trace.lot_issued.v1`."""


@dataclass(frozen=True, slots=True)
class EventCard:
    """`of_node`: said of the node itself, so that no gate of a commune stops it."""

    kind: str
    reach: Reach
    of_node: bool = False


_CARDS: dict[type, EventCard] = {}

Body = dict[str, Any]
Upcast = Callable[[Body], Body]

_UPCASTS: dict[str, Upcast] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(*, version: int = 1, reach: Reach = Reach.HERE, of_node: bool = False) -> Callable[[Fact], Fact]:
    """Declare an event class, in a domain's `events.py`; its kind is `<pillar>.<domain>.<snake_name>.v<version>`.

    `of_node` is for what a node says of itself (who signed in, what was parked): written also where a commune's
    records are only a copy.

    The class becomes a frozen, keyword-only dataclass. Fields are ids, texts, numbers, `Decimal`, dates, enums,
    tuples and other frozen dataclasses: whatever can be written as JSON and read back the same.
    """

    def declare(fact: Fact) -> Fact:
        made: Any = dataclasses.dataclass(frozen=True, kw_only=True)(fact)
        kind = f"{_home(made.__module__)}.{_snake(made.__name__)}.v{version}"
        if kind in KINDS:
            raise ImproperlyConfigured(f"two events are called {kind}")
        KINDS[kind] = made
        _CARDS[made] = EventCard(kind, reach, of_node)
        return fact

    return declare


def card_of(fact: type) -> EventCard:
    """The kind and reach of an event class; raises when the class was not declared with `@event`."""
    try:
        return _CARDS[fact]
    except KeyError:
        raise ImproperlyConfigured(f"{fact.__qualname__} is not an event: declare it with @event") from None


def to_body(fact: object) -> dict[str, Any]:
    """The event as a JSON object (decimals, dates and ids as text)."""
    body: dict[str, Any] = _adapter(card_of(type(fact)).kind).dump_python(fact, mode="json")
    return body


def from_body(kind: str, body: Mapping[str, Any]) -> object:
    """The event that a journal entry holds, in this program's version of it.

    Raises `KeyError` for a kind this program does not know.
    """
    said = dict(body)
    while kind in _UPCASTS:
        kind, said = next_version(kind), _UPCASTS[kind](said)
    return _adapter(kind).validate_python(said)


def upcast(kind: str) -> Callable[[Upcast], Upcast]:
    """Say how the body of an older version becomes the next one's: `@upcast("trade.trace.lot_issued.v1")`.

    Stands in `events.py` beside the class. Entries are never rewritten: they are lifted each time they are read.
    """

    def register(lift: Upcast) -> Upcast:
        if kind in _UPCASTS:
            raise ImproperlyConfigured(f"{kind} is upcast twice")
        _UPCASTS[kind] = lift
        return lift

    return register


def is_known(kind: str) -> bool:
    """Whether this program has a class for the kind, or a way up to one."""
    while kind in _UPCASTS:
        kind = next_version(kind)
    return kind in KINDS


def all_versions(kind: str) -> tuple[str, ...]:
    """The kind and every older version that is lifted to it, newest first."""
    name, version = _version(kind)
    found = [kind]
    for older in range(version - 1, 0, -1):
        if f"{name}.v{older}" not in _UPCASTS:
            break
        found.append(f"{name}.v{older}")
    return tuple(found)


def next_version(kind: str) -> str:
    """`trade.trace.lot_issued.v2` after `trade.trace.lot_issued.v1`."""
    name, version = _version(kind)
    return f"{name}.v{version + 1}"


def _version(kind: str) -> tuple[str, int]:
    name, _, version = kind.rpartition(".v")
    return name, int(version)


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])


def _home(module: str) -> str:
    """`langso.trade.trace.events` is at home in `trade.trace`."""
    parts = module.split(".")[1:]
    return ".".join(parts[: parts.index("events")] if "events" in parts else parts[:-1])


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
