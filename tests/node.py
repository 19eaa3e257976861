"""A whole node for tests: `langso up --demo` on a folder and a port of its own, as a user would start it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
START_WITHIN = 120.0


@dataclass
class Node:
    """A running node: its address, its folder, its supervisor, and the environment of its commands."""

    address: str
    data: Path
    process: subprocess.Popen[str]
    environment: dict[str, str]

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def command(self, *arguments: str) -> str:
        """Run `langso …` on this node's folder; returns what it printed."""
        run = self.try_command(*arguments)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout.strip()

    def try_command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `langso …` on this node's folder, whatever comes of it."""
        return subprocess.run(
            [sys.executable, "-m", "langso.site.command", *arguments, "--data", str(self.data)],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read()

    def parts(self) -> dict[str, int]:
        """Process ids of the children by name: web and worker."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        named = {}
        for pid in children:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
            named["web" if "granian" in line else "worker"] = int(pid)
        return named

    def log(self) -> str:
        return (self.data / "node.log").read_text(encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_database() -> Iterator[str]:
    """`DATABASE_URL` of a fresh database on the engine that this run tests; empty for SQLite."""
    if not settings.DATABASE_URL:
        yield ""
        return
    name = f"langso_node_{uuid4().hex[:8]}"
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            yield settings.DATABASE_URL.rsplit("/", 1)[0] + f"/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@contextmanager
def running_node(
    folder: Path, *arguments: str, port: int = 0, database: str | None = None, **settings_of_node: str
) -> Iterator[Node]:
    """Start a node, wait for its `ready` line, stop it with SIGTERM at the end.

    `database`: its address, empty for SQLite; None makes a fresh one on the engine that this run tests.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    with own_database() if database is None else nullcontext(database) as database:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("LANGSO_DATA", "LANGSO_DEMO", "LANGSO_SECRET_KEY", "DATABASE_URL", "LANGSO_PUBLIC_URL")
        } | {"DATABASE_URL": database, "LANGSO_DATA": str(folder)}
        environment |= settings_of_node
        with (folder / "node.log").open("w") as log:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "langso.site.command",
                    "up",
                    "--port",
                    str(port),
                    "--data",
                    str(folder),
                    *arguments,
                ],
                env=environment,
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
        node = Node(f"http://127.0.0.1:{port}", folder, process, environment)
        try:
            wait_until(lambda: f"ready {node.address}" in node.log(), node)
            yield node
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until(true, node: Node, within: float = START_WITHIN) -> None:  # type: ignore[no-untyped-def]
    """Wait for a condition of a node; fails with the end of its log."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if node.process.poll() is not None:
            raise AssertionError(f"the node ended with {node.process.returncode}:\n{node.log()[-3000:]}")
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f"not within {within} s:\n{node.log()[-3000:]}")


def health(node: Node) -> dict[str, object]:
    status, body = node.get("/healthz")
    return {"status": status, **json.loads(body)}
