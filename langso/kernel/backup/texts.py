"""Sentences about backups for the desk."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.backup.models import Restoration
from langso.kernel.backup.restorations import only_in_journal
from langso.kernel.errors import Text

_FAILURES: Final[dict[str, Text]] = {
    "full": _("There was no space left. Take a larger disk, or keep fewer snapshots."),
    "folder": _("The folder could not be used. Is the stick or the network disk in its place?"),
    "other": _("The folder holds something else. Choose a folder of its own for this node."),
    "busy": _("Another backup was still running."),
    "seal": _("The passphrase did not fit the folder."),
    "client": _("The database's own backup program failed or is not installed."),
    "database": _("The database could not be copied. Run a check; if it is damaged, restore the last whole snapshot."),
}


def failure(code: str) -> Text:
    """Why a backup failed and what to do, in one sentence; empty when it did not."""
    if not code:
        return ""
    return _FAILURES.get(code) or _("It did not work. What the program said stands below.")


def age_in_words(age: timedelta | None) -> str:
    """ "3 hours ago", from two days on in days."""
    if age is None:
        return gettext("There is no backup yet.")
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return gettext("The last backup was taken within the last hour.")
    if hours < 48:
        return ngettext(
            "The last backup was taken %(count)d hour ago.", "The last backup was taken %(count)d hours ago.", hours
        ) % {"count": hours}
    days = hours // 24
    return ngettext(
        "The last backup was taken %(count)d day ago.", "The last backup was taken %(count)d days ago.", days
    ) % {"count": days}


def restore_sentences() -> list[str]:
    """How far the last restore is and what it could not bring back, for the desk and the command line."""
    row = Restoration.objects.order_by("-id").first()
    if row is None:
        return [gettext("This node was never restored from a backup.")]
    told = gettext("Restored at %(when)s from the snapshot of %(taken)s.")
    return [
        told % {"when": _shown(row.restored_at), "taken": _shown(row.taken_at)},
        _lost(row),
        *_how_far(row),
        *_only_in_journal(row),
    ]


def _lost(row: Restoration) -> str:
    """What no hub can give back: what never travels, of the hours between the snapshot and the end of the old disk."""
    hours = max(1, round((row.restored_at - row.taken_at).total_seconds() / 3600))
    return ngettext(
        "What was written in the hour after the snapshot and never leaves this node, such as personal data, is lost "
        "with the old disk. Ask people to enter it again.",
        "What was written in up to %(count)d hours after the snapshot and never leaves this node, such as personal "
        "data, is lost with the old disk. Ask people to enter it again.",
        hours,
    ) % {"count": hours}


def _how_far(row: Restoration) -> list[str]:
    if row.state == Restoration.State.WAITING and row.upto is None:
        return [gettext("Nothing can be written yet: the hub has not said which later entries of this node it holds.")]
    if row.state == Restoration.State.WAITING:
        told = gettext("Nothing can be written yet: %(taken)d of %(all)d later entries are back from the hub.")
        return [told % {"taken": row.taken, "all": max((row.upto or 0) - row.old_seq, 0)}]
    if row.without_hub:
        return [gettext("An operator went on without the hub: %(reason)s") % {"reason": row.reason}]
    if row.upto is None:
        return []
    return [
        ngettext(
            "%(count)d later entry of this node was taken back from the hub.",
            "%(count)d later entries of this node were taken back from the hub.",
            row.taken,
        )
        % {"count": row.taken}
    ]


def _only_in_journal(row: Restoration) -> list[str]:
    found = only_in_journal(row)
    if not found:
        return []
    told = gettext("Of these, the following are in the journal only; please enter their records again: %(kinds)s.")
    return [told % {"kinds": ", ".join(f"{kind} ({count})" for kind, count in found.items())}]


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(clock.VIET_NAM):%H:%M %d/%m/%Y}"
