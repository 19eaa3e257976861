"""What the province's hub tells: notices, and that they were taken back."""

from typing import Any

from langso.communication.announcements import services
from langso.communication.announcements.events import NoticePublished, NoticeWithdrawn
from langso.kernel.access.actors import system
from langso.kernel.journal.listeners import Heard, on


@on(NoticePublished, NoticeWithdrawn, copies=True)
def take_notice_of_province(entry: Heard[Any]) -> None:
    if not entry.foreign:
        return
    if isinstance(entry.fact, NoticePublished):
        services.take_notice(system(), told=entry.fact, told_at=entry.recorded_at)
    else:
        services.end_notice(system(), told=entry.fact, told_at=entry.recorded_at)
