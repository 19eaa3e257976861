"""Counting how often a lot's page was opened: by day, and nothing about who."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import OperationalError, connection
from django.db.models import F

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.journal.services import emit, service
from langso.trade.trace.events import ScansCounted
from langso.trade.trace.models import ScanCount
from langso.trade.trace.queries import Scans

PATIENCE_MS = 100


def count_scan(actor: Actor, *, lot_id: UUID, before: Scans) -> None:
    """Count one opening of a lot's page, or drop it while somebody else is writing: no buyer waits for a count.

    `before`: the openings that were just read; they spare the first opening of a day some questions.
    """
    with _impatient():
        try:
            _count(actor, lot_id=lot_id, before=before)
        except OperationalError:
            return


@service
def _count(actor: Actor, *, lot_id: UUID, before: Scans) -> None:
    """The day's number is one row. What a day that is over came to is told to the journal once."""
    today = clock.today()
    count = ScanCount.objects.filter(lot_id=lot_id, counted_date=today)
    if not (before.today and count.update(scans=F("scans") + 1)):
        ScanCount.objects.bulk_create([ScanCount(lot_id=lot_id, counted_date=today)], ignore_conflicts=True)
        count.update(scans=F("scans") + 1)
    if before.untold:
        _tell(actor, lot_id)


def _tell(actor: Actor, lot_id: UUID) -> None:
    untold = ScanCount.objects.filter(lot_id=lot_id, counted_date__lt=clock.today(), told=False)
    for count in untold.select_related("lot"):
        if untold.filter(pk=count.pk).update(told=True):  # claimed: another opening may tell of it at the same moment
            emit(actor, ScansCounted(lot_id=lot_id, code=count.lot.code, date=count.counted_date, scans=count.scans))


@contextmanager
def _impatient() -> Iterator[None]:
    """SQLite waits up to its time-out for another writer, such as an import: here that is cut short."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
