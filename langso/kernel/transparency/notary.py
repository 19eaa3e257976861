"""In the worker: lets each commune's log take in what became public, and signs now and then."""

import logging
import time
from datetime import timedelta
from typing import Final

from django.conf import settings

from langso.kernel.transparency.models import Log
from langso.kernel.transparency.services import communes_to_read, sign, take_in

LOOK_EVERY: Final = 2.0
"""Seconds between two looks while something waits for its signature."""
AFTER_A_FAULT: Final = 60.0

log = logging.getLogger(__name__)


class Notary:
    """Looked after by a worker, every few moments."""

    def __init__(self) -> None:
        self.read_to = 0
        self.unsigned: set[str] = set()
        self.look_at = 0.0

    def tend(self, end: int) -> None:
        """Take in what stands up to `end` of the journal, sign what is due. A fault here keeps nobody else waiting."""
        if time.monotonic() < self.look_at:
            return
        try:
            self._tend(end)
        except Exception:
            log.exception("a log could not be written; tried again in a minute")
            self.look_at = time.monotonic() + AFTER_A_FAULT

    def _tend(self, end: int) -> None:
        if end > self.read_to:
            for commune in communes_to_read(self.read_to):
                self._take_in(commune)
            self.read_to = end
        if self.unsigned:
            self.look_at = time.monotonic() + LOOK_EVERY
        for commune in sorted(self.unsigned):
            if sign(commune, not_within=timedelta(seconds=settings.CHECKPOINT_SECONDS)) or _is_signed(commune):
                self.unsigned.discard(commune)

    def _take_in(self, commune: str) -> None:
        while take_in(commune):
            pass
        self.unsigned.add(commune)


def _is_signed(commune: str) -> bool:
    found = Log.objects.filter(commune=commune, closed_at=None).first()
    return found is None or found.checkpoints.filter(size=found.size).exists()
