"""Who works on a run: one worker at a time, and never two on the same batch.

A worker claims the run by a conditional update and renews its lease inside each batch's transaction. A killed worker
leaves nothing half done; when its lease has run out, another one goes on where it stopped. A worker that only slept too
long cannot write its batch a second time: the lease is no longer its own, and the whole batch is rolled back.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q

from langso.kernel import clock
from langso.kernel.ids import new_id
from langso.kernel.imports.models import BACKGROUND, ImportRun

LEASE: Final = timedelta(seconds=45)
"""Longer than any batch should take."""


class LeaseLost(Exception):
    """Another worker, or a person who cancelled, has taken the run over: this batch must not be committed."""


def claim(run_id: UUID) -> ImportRun | None:
    """The run, if there is background work on it and nobody else is at it. Counts the attempt."""
    now, lease = clock.now(), new_id()
    claimed = (
        ImportRun.objects.filter(pk=run_id, state__in=BACKGROUND)
        .filter(Q(lease_ends_at=None) | Q(lease_ends_at__lt=now))
        .update(lease=lease, lease_ends_at=now + LEASE, attempts=F("attempts") + 1)
    )
    return ImportRun.objects.filter(pk=run_id, lease=lease).first() if claimed else None


def hold(run: ImportRun, **moved: Any) -> None:
    """Move the run's columns and renew the lease, in the transaction of the work that this records.

    Raises `LeaseLost`. Work was done, so the count of attempts begins anew.
    """
    _move(run, lease=run.lease, lease_ends_at=clock.now() + LEASE, attempts=0, **moved)


def let_go(run: ImportRun, **moved: Any) -> None:
    """Move the run's columns (usually its state) and give the lease back. Raises `LeaseLost`."""
    _move(run, lease=None, lease_ends_at=None, attempts=0, **moved)


def _move(run: ImportRun, **moved: Any) -> None:
    if not ImportRun.objects.filter(pk=run.pk, lease=run.lease, state=run.state).update(**moved):
        raise LeaseLost()
    for name, value in moved.items():
        setattr(run, name, value)
