"""A node for measuring: `langso up` on a folder of its own, and acts in its environment. Ends only what it started."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.load.processes import command_of, cpu_seconds, family

ROOT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN = 180.0
STOP_WITHIN = 40.0
NOT_OURS = ("LANGSO_DATA", "LANGSO_DEMO", "LANGSO_ROLE", "LANGSO_PUBLIC_URL", "DJANGO_SETTINGS_MODULE")


@dataclass(frozen=True)
class Place:
    """Where a node keeps everything. `database` is PostgreSQL's address, or empty for SQLite."""

    data: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        return inherited | {"LANGSO_DATA": str(self.data), "DATABASE_URL": self.database, "LANGSO_SECRET_KEY": "load"}

    def inside(self, *acts: tuple[str, dict[str, Any]], within: float) -> list[Any]:
        """Run acts of `tests.load.inside`, (name, what it is given) each, in this node's environment; their answers."""
        run = subprocess.run(
            [sys.executable, "-m", "tests.load.inside", json.dumps(acts)],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            timeout=within,
        )
        if run.returncode:
            raise RuntimeError(f"{[name for name, _given in acts]}: exit code {run.returncode}")
        answers: list[Any] = json.loads(run.stdout.strip().splitlines()[-1])
        return answers

    def langso(self, *arguments: str) -> None:
        """Run `langso …` on this node."""
        command = [sys.executable, "-m", "langso.site.command", *arguments]
        subprocess.run(command, env=self.environment, cwd=ROOT, check=True, timeout=120)


@dataclass(frozen=True)
class Node:
    """A node that runs: its address, and its supervisor's process."""

    address: str
    process: "subprocess.Popen[bytes]"

    def cpu_seconds(self, part: str) -> float:
        """Processor time that a part (`granian`, `worker`) has used: neighbours on a busy machine do not count."""
        return sum(cpu_seconds(pid) for pid in family(self.process.pid) if part in command_of(pid))


@contextmanager
def serving(place: Place) -> Iterator[Node]:
    """A node while it runs, web server and worker as a user would start them."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with (place.data / "node.log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "langso.site.command", "up", "--port", str(port), "--data", str(place.data)],
            env=place.environment,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(address, process)
        yield Node(address, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(address: str, process: "subprocess.Popen[bytes]") -> None:
    """`/healthz` is green once the worker has renewed the database's statistics and begun its rounds."""
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the node ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    raise RuntimeError(f"the node was not ready within {READY_WITHIN:g} s")
