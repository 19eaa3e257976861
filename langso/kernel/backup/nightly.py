"""The backup of every night: the worker asks every few seconds whether it is time, a process of its own does it."""

import os
import subprocess
import sys
from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings

from langso.kernel import clock
from langso.kernel.backup.models import Backup

AT: Final = time(2, 0)
"""Viet Nam's time of day: when a commune sleeps. A box that was off then catches up when it is on again."""
AGAIN_AFTER: Final = timedelta(hours=1)
"""After a backup that failed."""


def is_due(now: datetime, *, last_good: datetime | None, last_try: datetime | None) -> bool:
    """Whether a backup should be taken now. A last one that lies in the future says nothing: a clock was wrong."""
    local = now.astimezone(clock.VIET_NAM)
    night = datetime.combine(local.date(), AT, clock.VIET_NAM)
    if night > local:
        night -= timedelta(days=1)
    if last_good is not None and night <= last_good <= now:
        return False
    return last_try is None or not now - AGAIN_AFTER < last_try <= now


class Nightly:
    """Looks after the one backup process of a worker."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def tend(self) -> None:
        """Start a backup when one is due and none is running."""
        if not settings.BACKUP_TO or self.running():
            return
        if is_due(clock.now(), last_good=_last(code=""), last_try=_last()):
            command = [sys.executable, "-m", "langso.site.command", "backup", "--scheduled"]
            self.process = subprocess.Popen(command, preexec_fn=_step_back)  # noqa: S603

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end(self) -> None:
        """The worker stops: a backup under way is given up. What it had copied is used by the next one."""
        if self.process is not None and self.running():
            self.process.terminate()
            self.process.wait(timeout=10)


def _last(**which: str) -> datetime | None:
    return Backup.objects.filter(**which).order_by("-id").values_list("taken_at", flat=True).first()


def _step_back() -> None:
    """People come first: the backup takes what processor time is left over."""
    os.nice(10)
