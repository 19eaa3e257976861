"""Another node in the database of this test: what happens there is done, looked at, and undone again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction
from pytest_django.fixtures import Settings

from langso.kernel import clock
from langso.kernel.ids import new_id
from langso.kernel.journal import chain
from langso.kernel.journal.models import Cursor, Downward, Entry, Head
from langso.kernel.journal.queries import own_epochs
from langso.kernel.journal.reading import read_all
from langso.kernel.journal.services import identity
from langso.kernel.journal.travel import Travelling, take_in, travel, travel_down
from langso.kernel.link.models import CommuneHome
from langso.kernel.moving import tables

MOST = 10_000


def told() -> list[Travelling]:
    """All that this node wrote and that travels."""
    return [entry for epoch in own_epochs() for entry in travel(node=identity().node, epoch=epoch, after=0, limit=MOST)]


def told_down(commune: str) -> list[Travelling]:
    """What goes down from this node to the box of a commune."""
    return [entry for _position, entry in travel_down(after=0, communes=[commune], limit=MOST)]


def arrive(entries: Sequence[Travelling]) -> None:
    """Let entries of another node arrive that are not here yet, and let everybody hear them."""
    held = set(Entry.objects.filter(pk__in=[entry.id for entry in entries]).values_list("pk", flat=True))
    take_in([entry for entry in entries if entry.id not in held])
    while read_all():
        pass


@contextmanager
def at_the_hub(settings: Settings, entries: Sequence[Travelling], commune: str) -> Iterator[None]:
    """A hub that knows a commune from entries alone, for as long as the block lasts; then this node is itself again."""
    role = settings.ROLE
    settings.ROLE = "hub"
    with transaction.atomic():
        tables.remove(commune)
        for model in (Downward, Cursor, Entry):
            model.objects.all().delete()
        fresh = {"position": 0, "seq": 0, "chain": chain.GENESIS, "travel_chain": chain.GENESIS}
        Head.objects.update(node=str(new_id()), epoch=str(new_id()), **fresh)
        CommuneHome.objects.create(commune=commune, node="elsewhere", from_at=clock.now())
        arrive([replace(entry) for entry in entries])
        yield
        transaction.set_rollback(True)
    settings.ROLE = role
