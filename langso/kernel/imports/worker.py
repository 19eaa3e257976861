"""The background tasks of imports, in the node's task queue (django-tasks)."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django_tasks import task

from langso.kernel import clock
from langso.kernel.access.scope import commune_scope
from langso.kernel.imports.expiry import expire
from langso.kernel.imports.models import BACKGROUND, ImportRun
from langso.kernel.imports.passes import work

LOOK_AGAIN: Final = timedelta(seconds=15)


@task
def advance(run_id: str, commune: str) -> None:
    """Work on a run for one turn and queue the next turn."""
    with commune_scope(commune):
        if work(UUID(run_id)):
            advance.enqueue(run_id, commune)


@task
def watch(run_id: str, commune: str) -> None:
    """Look after a run until its background work is over: whoever was killed at it is replaced.

    `advance` does nothing while somebody holds the run's lease, so queueing it once too often does no harm.
    """
    with commune_scope(commune):
        run = ImportRun.objects.filter(pk=run_id, state__in=BACKGROUND).first()
        if run is None:
            return
        if run.lease_ends_at is None or run.lease_ends_at < clock.now():
            advance.enqueue(run_id, commune)
        watch.using(run_after=clock.now() + LOOK_AGAIN).enqueue(run_id, commune)


@task
def let_expire(run_id: str, commune: str) -> None:
    """Delete the run's file and rows when their time is over."""
    with commune_scope(commune):
        due = expire(run_id=UUID(run_id))
        if due is not None:
            let_expire.using(run_after=due).enqueue(run_id, commune)


def set_to_work(run: ImportRun) -> None:
    """Queue the run's background work, and the one who looks after it, in the transaction that ordered it."""
    advance.enqueue(str(run.pk), run.commune)
    watch.using(run_after=clock.now() + LOOK_AGAIN).enqueue(str(run.pk), run.commune)
