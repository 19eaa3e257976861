"""Writing down who did what with a run, and finding out on whose order the worker works."""

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.imports.models import ImportRun, RunStep


def step(run: ImportRun, actor: Actor, what: RunStep.What) -> None:
    """Add a step to the run's history."""
    RunStep.objects.create(
        run=run, what=what, happened_at=clock.now(), account_id=actor.account_id, account_name=actor.name[:120]
    )


def ordered_by(run: ImportRun) -> Actor:
    """The node acting on the order of whoever did the last step: permission was asked when they did it."""
    last = RunStep.objects.filter(run=run).latest("id")
    return Actor(account_id=last.account_id, name=last.account_name, commune=run.commune, is_system=True)
