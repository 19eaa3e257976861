"""Kinds that came before this program knew them: kept, and heard after an upgrade.

An older program passes over what a newer node wrote, but notes the kind. When it is itself upgraded, each listener that
is past such entries first hears them, in their order and exactly once, and then goes on.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction

from langso.kernel.journal.events import is_known
from langso.kernel.journal.listeners import LISTENERS, Listener, listener_called
from langso.kernel.journal.models import CatchUp, Cursor, Unheard


def note_unknown(kinds: Iterable[str], first_position: int) -> None:
    """Remember the kinds that this program does not know, from this position on. Runs with the entries' transaction."""
    unknown = sorted({kind for kind in kinds if not is_known(kind)})
    if unknown:
        Unheard.objects.bulk_create(
            [Unheard(kind=kind, position=first_position) for kind in unknown], ignore_conflicts=True
        )


@transaction.atomic
def take_up_known() -> int:
    """At start-up: let listeners catch up on kinds that this program has come to know; returns how many begin to."""
    known = [row for row in Unheard.objects.all() if is_known(row.kind)]
    known = [row for row in known if Unheard.objects.filter(pk=row.pk).delete()[0]]
    return sum(_begin(listener, known) for listener in LISTENERS.values())


def _begin(listener: Listener, known: list[Unheard]) -> bool:
    cursor = Cursor.objects.filter(pk=listener.name).first()
    missed = [row for row in known if row.kind in listener.kinds and cursor and row.position <= cursor.position]
    if not cursor or not missed:
        return False
    way = CatchUp.objects.create(listener=listener.name, kinds=[row.kind for row in missed], until=cursor.position)
    Cursor.objects.create(listener=_name(way), position=min(row.position for row in missed) - 1)
    return True


def before(listeners: Iterable[Listener]) -> Iterator[Listener]:
    """Who takes a step now: each listener, or the oldest way that it has to catch up on before it goes on."""
    ways: dict[str, Listener] = {}
    for way in CatchUp.objects.order_by("-pk"):
        listener = listener_called(way.listener)
        if listener:
            ways[listener.name] = Listener(_name(way), tuple(way.kinds), listener.hear, listener.copies, way.until)
    for listener in list(listeners):
        yield ways.get(listener.name, listener)


def finish(way: Listener) -> None:
    """The end of a way: its entries are heard, and its listener goes on from where it was."""
    with transaction.atomic():
        CatchUp.objects.filter(pk=int(way.name.rpartition("~")[2])).delete()
        Cursor.objects.filter(pk=way.name).delete()


def _name(way: CatchUp) -> str:
    return f"{way.listener}~{way.pk}"
