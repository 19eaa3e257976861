"""One process that looks after the parts of a node: starts them, again when they fall, and stops them cleanly."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

PR_SET_PDEATHSIG = 1
STOP_WITHIN = 15.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY_AFTER = 60.0


@dataclass
class Part:
    """A process of the node. `pause` doubles with every fall and begins anew after a steady minute."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    started: float = 0.0
    due: float = field(default=0.0)

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def die_with_parent() -> None:
    """Ask Linux to end this child when the supervisor is killed, so that no part is left holding the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end_family(process: subprocess.Popen[bytes]) -> None:
    """End what an ended part left behind: a web server's own children would go on answering beside the new one."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class Supervisor:
    """Runs the parts until SIGTERM or SIGINT."""

    def __init__(self, parts: list[Part], environment: Mapping[str, str], say: Callable[[str], None]) -> None:
        self.parts = parts
        self.environment = dict(environment)
        self.say = say
        self.stopping = threading.Event()

    def run(self, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Start all parts, call `announce` once `ready` is true, watch until told to stop; returns the exit code."""
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._told_to_stop)
        announced = False
        while not self.stopping.is_set():
            for part in self.parts:
                self._tend(part)
            if not announced and ready():
                announced = True
                announce()
            self.stopping.wait(0.2)
        self._stop()
        return 0

    def _told_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def _tend(self, part: Part) -> None:
        if part.running:
            if time.monotonic() - part.started > STEADY_AFTER:
                part.pause = FIRST_PAUSE
            return
        if part.process is not None:
            end_family(part.process)
            self.say(f"{part.name} ended with code {part.process.returncode}; starting it again in {part.pause:g} s")
            part.process = None
            part.due = time.monotonic() + part.pause
            part.pause = min(part.pause * 2, LONGEST_PAUSE)
        if time.monotonic() >= part.due:
            part.started = time.monotonic()
            part.process = subprocess.Popen(  # noqa: S603
                part.command,
                env=self.environment,
                preexec_fn=die_with_parent,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _stop(self) -> None:
        for part in self.parts:
            if part.process is not None and part.running:
                part.process.terminate()
        end = time.monotonic() + STOP_WITHIN
        for part in self.parts:
            if part.process is None:
                continue
            try:
                part.process.wait(timeout=max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"{part.name} did not stop by itself and is ended")
                part.process.kill()
                part.process.wait()
            end_family(part.process)
