"""When each node was last heard of. Kept in hand and written now and then: a thousand boxes ask every minute."""

from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from django.db import transaction

from langso.kernel import clock
from langso.kernel.link.models import Node

WRITTEN_EVERY: Final = timedelta(seconds=30)

_seen: dict[str, datetime] = {}
_lock = Lock()
_written_at: list[datetime] = []


def note(node: str) -> None:
    """The node asked something just now."""
    now = clock.now()
    with _lock:
        is_new = node not in _seen
        _seen[node] = now
        due = is_new or not _written_at or now - _written_at[0] >= WRITTEN_EVERY
        if not due:
            return
        _written_at[:] = [now]
        seen = dict(_seen)
    with transaction.atomic():
        for name, at in seen.items():
            Node.objects.filter(pk=name).exclude(seen_at__gte=at).update(seen_at=at)
