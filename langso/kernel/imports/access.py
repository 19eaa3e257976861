"""Who may import what, and see which runs. Each importer says itself who may use it."""

from typing import Any
from uuid import UUID

from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere
from langso.kernel.imports.importer import IMPORTERS, Importer
from langso.kernel.imports.models import ImportRun


def can_import(actor: Actor, kind: str) -> bool:
    """Import, undo and export records of this kind. The one importing is signed in, whatever an importer says."""
    return (actor.signed_in or actor.is_system) and IMPORTERS[kind].can_use(actor)


def can_tend_run(actor: Actor, run: ImportRun) -> bool:
    """See a run and act on it: whoever may use its importer, and is an officer or the one who uploaded the file."""
    if run.importer not in IMPORTERS or not can_import(actor, run.importer):
        return False
    return actor.has_role(Role.OFFICER) or run.account_id == actor.account_id


def usable_kinds(actor: Actor) -> list[str]:
    """The importers that the actor may use."""
    return [kind for kind in IMPORTERS if can_import(actor, kind)]


def run_for(actor: Actor, run_id: UUID) -> ImportRun:
    """The run, if the actor may tend it. `NotHere` for another commune's, a refusal for somebody else's."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        raise NotHere()
    require(can_tend_run(actor, run), actor)
    return run


def importer_for(actor: Actor, kind: str) -> Importer[Any]:
    """The importer, if the actor may use it. `NotHere` for a kind that nobody has declared."""
    if kind not in IMPORTERS:
        raise NotHere()
    require(can_import(actor, kind), actor)
    return IMPORTERS[kind]
