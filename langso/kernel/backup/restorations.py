"""A node that was made anew from a snapshot: its new epoch, and what it has to wait for before it writes again."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.backup.access import can_tend_backups
from langso.kernel.backup.events import NodeRestored, RestorationFinished
from langso.kernel.backup.models import Restoration
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.epochs import open_epoch
from langso.kernel.journal.services import emit, service

HAS_HUB: list[Callable[[], bool]] = []
"""Asked whether this node is linked to a hub, which then holds its later entries. The link answers."""


class NothingRestored(DomainError):
    code = "nothing_restored"
    message = gettext_lazy("This node does not wait for anything after a restore.")


@service
def begin(actor: Actor, *, snapshot: str, taken_at: datetime) -> None:
    """Open the new epoch of a node that was just made from a snapshot; a linked one waits for its hub."""
    require(can_tend_backups(actor), actor)
    old, new = open_epoch()
    waits = any(ask() for ask in HAS_HUB)
    now = clock.now()
    Restoration.objects.filter(state=Restoration.State.WAITING).update(state=Restoration.State.DONE, finished_at=now)
    Restoration.objects.create(
        snapshot=snapshot,
        taken_at=taken_at,
        restored_at=now,
        state=Restoration.State.WAITING if waits else Restoration.State.DONE,
        old_epoch=old.epoch,
        old_seq=old.seq,
        old_travel_chain=old.travel_chain,
        new_epoch=new.epoch,
        finished_at=None if waits else now,
    )
    emit(
        actor, NodeRestored(snapshot=snapshot, old_epoch=old.epoch, old_seq=old.seq, new_epoch=new.epoch)
    )


@service
def finish_without_hub(actor: Actor, *, reason: str) -> None:
    """Let the node write again although the hub did not answer. Raises `NothingRestored`, `Invalid` without a reason."""
    require(can_tend_backups(actor), actor)
    if not reason.strip():
        raise Invalid(_("Say why you go on without the hub: what it still holds of this node will not come back by itself."))
    _finish(actor, without_hub=True, reason=reason.strip())


def _finish(actor: Actor, *, without_hub: bool, reason: str = "") -> None:
    row = waiting()
    claimed = row and Restoration.objects.filter(pk=row.pk, state=Restoration.State.WAITING).update(
        state=Restoration.State.DONE,
        finished_at=clock.now(),
        finished_by=actor.account_id,
        without_hub=without_hub,
        reason=reason,
    )
    if not row or not claimed:
        raise NothingRestored()
    emit(
        actor,
        RestorationFinished(restoration_id=row.id, taken=row.taken, without_hub=without_hub),
        reason=reason,
    )


def waiting() -> Restoration | None:
    """The restore that this node still waits in, if any."""
    return Restoration.objects.filter(state=Restoration.State.WAITING).first()


def sentences() -> list[str]:
    """How far the last restore is and what it could not bring back, for the desk and the command line."""
    row = Restoration.objects.order_by("-id").first()
    if row is None:
        return [_("This node was never restored from a backup.")]
    said = [
        _("Restored at %(when)s from the snapshot of %(taken)s.")
        % {"when": _shown(row.restored_at), "taken": _shown(row.taken_at)},
        lost(row),
    ]
    if row.state == Restoration.State.WAITING:
        said.append(_how_far(row))
    elif row.without_hub:
        said.append(_("An operator went on without the hub: %(reason)s") % {"reason": row.reason})
    elif row.upto is not None:
        said.append(
            ngettext(
                "%(count)d later entry of this node was taken back from the hub.",
                "%(count)d later entries of this node were taken back from the hub.",
                row.taken,
            )
            % {"count": row.taken}
        )
    return said


def lost(row: Restoration) -> str:
    """What no hub can give back: entries that stay here, of the hours between the snapshot and the end of the old disk."""
    hours = max(1, round((row.restored_at - row.taken_at).total_seconds() / 3600))
    return ngettext(
        "What was written in the hour after the snapshot and never leaves this node, such as personal data, is lost with "
        "the old disk.",
        "What was written in up to %(count)d hours after the snapshot and never leaves this node, such as personal data, "
        "is lost with the old disk.",
        hours,
    ) % {"count": hours}


def _how_far(row: Restoration) -> str:
    if row.upto is None:
        return _("Nothing can be written yet: the hub has not answered which later entries of this node it holds.")
    return _("Nothing can be written yet: %(taken)d of %(all)d later entries are back from the hub.") % {
        "taken": row.taken,
        "all": max(row.upto - row.old_seq, 0),
    }


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(clock.VIET_NAM):%H:%M %d/%m/%Y}"
