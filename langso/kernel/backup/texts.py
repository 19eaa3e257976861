"""Sentences about backups for the desk."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

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
    """"3 hours ago", from two days on in days."""
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
