"""The operator's warnings: a backup that is late or failed, and records that are not whole."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from langso.kernel.access.actors import Actor
from langso.kernel.backup.access import can_see_backups
from langso.kernel.backup.queries import backup_is_late, check_card
from langso.kernel.backup.restorations import waiting
from langso.kernel.disk import NEARLY_FULL, room
from langso.kernel.domain import WorkQueue


def work_queues(actor: Actor) -> list[WorkQueue]:
    if not can_see_backups(actor):
        return []
    page = reverse("backup:backups")
    late = int(backup_is_late())
    check = check_card()
    free, whole = room(settings.DATA)
    nearly_full = int(free < whole * NEARLY_FULL)
    restoring = int(waiting() is not None)
    broken = len(check.faults) if check else 0
    return [
        WorkQueue(_("Backup older than two days"), page, late, late=late),
        WorkQueue(_("Disk nearly full"), page, nearly_full, late=nearly_full),
        WorkQueue(_("Damaged records"), page, broken, late=broken),
        WorkQueue(_("Restored node fetches its later records"), page, restoring, late=restoring),
    ]
