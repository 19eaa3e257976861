"""Two Morango instances in an environment of their own: processes that we start, ask and end."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.load.serving import free_port

HERE = Path(__file__).resolve().parent
READY_WITHIN = 30.0


def environment(folder: Path) -> Path:
    """The Python of the peer's own environment, which is made and filled from PyPI where it is missing."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "-r", str(HERE / "requirements.txt")]
        subprocess.run(install, check=True, timeout=600)
    return python


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance: its Python, its database, and the partition that all its records belong to."""

    python: Path
    database: Path
    partition: str = ""

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "PYTHONPATH": str(HERE / "instance"),
            "DJANGO_SETTINGS_MODULE": "peer_settings",
            "PEER_DATABASE": str(self.database),
            "PEER_PARTITION": self.partition,
        }
        return {"PATH": os.environ["PATH"]} | own

    def act(self, name: str, *, within: float = 600, **given: object) -> dict[str, Any]:
        """Run one act of `instance/act.py`; its answer."""
        options = [part for key, value in given.items() for part in (f"--{key}", str(value))]
        run = subprocess.run(
            [str(self.python), str(HERE / "instance" / "act.py"), name, *options],
            env=self.environment, stdout=subprocess.PIPE, text=True, timeout=within,
        )  # fmt: skip
        if run.returncode:
            raise RuntimeError(f"{name}: exit code {run.returncode}")
        answer: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
        return answer

    @contextmanager
    def serving(self) -> "Iterator[Server]":
        """Django's own server on this instance, as Morango's own tests run it."""
        port = free_port()
        command = [str(self.python), "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL)
        try:
            _wait(f"http://127.0.0.1:{port}/api/morango/v1/morangoinfo/1/", process)
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int

    @property
    def most_memory_mb(self) -> float:
        """The most that the process has held in memory at once."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return round(int(line.split()[1]) / 1024, 1)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the instance did not answer")
