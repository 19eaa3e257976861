"""What was worked out from records, kept until the journal moves.

Every write has its entry in the same transaction, so while the head's hash is the same, so are all records. That makes
the journal the one thing to ask whether a page that many people open can be told again as it was.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextvars import ContextVar
from threading import Lock
from typing import Final, TypeVar, cast

from django.db import transaction

from langso.kernel.journal.models import Head

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")

MOST_KEPT: Final = 300

_kept: OrderedDict[Hashable, tuple[bytes, object]] = OrderedDict()
_lock = Lock()
_read: ContextVar[bytes] = ContextVar("head_that_was_read", default=b"")


def while_unmoved(key: Hashable, make: Callable[[], Value]) -> Value:
    """The value that `make` gave for this key, made anew when anything was written since.

    `key` names all that the value depends on besides the records: the language, the day. The value is shared between
    requests, so it must not be changed. Inside a transaction nothing is kept: its writes are not in the journal yet.
    What is made within `make` and kept by itself, such as the product of many lots, goes by the same look at the head.
    """
    return each_while_unmoved({None: key}, lambda _missing: {None: make()})[None]


def each_while_unmoved(
    keys: Mapping[Name, Hashable], make: Callable[[list[Name]], Mapping[Name, Value]]
) -> dict[Name, Value]:
    """The same for several values at once: `make` gives those that are missing, by their names, and is asked once."""
    if transaction.get_connection().in_atomic_block:
        return dict(make(list(keys)))
    # Read before the values are made: what is written meanwhile then makes them old, never the other way round.
    chain = _read.get() or bytes(Head.objects.values_list("chain", flat=True).first() or b"")
    kept = {name: found for name, key in keys.items() if (found := _kept.get(key)) is not None and found[0] == chain}
    values = {name: cast("Value", found[1]) for name, found in kept.items()}
    missing = [name for name in keys if name not in values]
    if not missing:
        return values
    token = _read.set(chain)
    try:
        made = make(missing)
    finally:
        _read.reset(token)
    with _lock:
        for name, value in made.items():
            _kept[keys[name]] = (chain, value)
            _kept.move_to_end(keys[name])
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return values | dict(made)
