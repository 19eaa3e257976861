"""What was worked out from records, kept until the journal moves.

Every write has its entry in the same transaction, so while the head's hash is the same, so are all records. That makes
the journal the one thing to ask whether a page that many people open can be told again as it was.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from threading import Lock
from typing import Final, TypeVar, cast

from django.db import transaction

from langso.kernel.journal.models import Head

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
    if transaction.get_connection().in_atomic_block:
        return make()
    # Read before the value is made: what is written meanwhile then makes it old, never the other way round.
    chain = _read.get() or bytes(Head.objects.values_list("chain", flat=True).first() or b"")
    found = _kept.get(key)
    if found is not None and found[0] == chain:
        return cast("Value", found[1])
    token = _read.set(chain)
    try:
        value = make()
    finally:
        _read.reset(token)
    with _lock:
        _kept[key] = (chain, value)
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return value
