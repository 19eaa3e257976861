"""`langso up`: a whole node under one supervisor, on an empty folder too."""

import argparse
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from langso.kernel.backup.failures import BackupFailed
from langso.kernel.backup.holding import folder_of_own
from langso.kernel.env import BadSetting
from langso.site.supervisor import Part, Supervisor

REPOSITORY = Path(__file__).resolve().parent.parent.parent
LOOPBACK = "127.0.0.1"


def options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="langso up", description="Start web and worker, and watch over them.")
    parser.add_argument("--port", type=int, default=8000, help="port of the web server (8000)")
    parser.add_argument(
        "--host", default=LOOPBACK, help="address to listen on (127.0.0.1; a box behind a proxy keeps it)"
    )
    parser.add_argument("--data", default="", help="folder of everything this node keeps (./var)")
    parser.add_argument("--role", choices=["commune", "hub"], default="", help="a commune's box or a province's hub")
    parser.add_argument("--demo", action="store_true", help="fill the node with the demo commune and show its log-ins")
    return parser.parse_args(arguments)


def environment(given: argparse.Namespace) -> dict[str, str]:
    """The settings that the parts inherit; what the environment says already wins over the defaults here."""
    here = dict(os.environ)
    here["LANGSO_DATA"] = os.path.abspath(given.data or here.get("LANGSO_DATA") or REPOSITORY / "var")
    here["DJANGO_SETTINGS_MODULE"] = "langso.site.settings"
    here.setdefault("LANGSO_PUBLIC_URL", f"http://{LOOPBACK}:{given.port}")
    here["PYTHONUNBUFFERED"] = "1"
    if given.role:
        here["LANGSO_ROLE"] = given.role
    return here


def parts(given: argparse.Namespace) -> list[Part]:
    web = [
        sys.executable, "-m", "granian", "langso.site.asgi:application",
        "--interface", "asginl", "--host", given.host, "--port", str(given.port),
        "--workers", "1", "--no-ws", "--log-level", "warning",
        # A box's second connection rests for as long as its question waits on the first.
        "--http1-header-read-timeout", "60000",
    ]  # fmt: skip
    return [Part("web", web), Part("worker", [sys.executable, "-m", "langso.site.worker", "worker"])]


def up(arguments: Sequence[str]) -> int:
    """Prepare the folder, start the parts, print `ready http://…`, run until SIGTERM."""
    given = options(arguments)
    here = environment(given)
    refuse_taken_port(given.host, given.port)
    try:
        with folder_of_own(Path(here["LANGSO_DATA"])):
            return run(given, here)
    except BackupFailed as taken:
        raise BadSetting(str(taken)) from taken


def run(given: argparse.Namespace, here: dict[str, str]) -> int:
    """The same in a folder that no other node uses."""
    if given.demo:
        (Path(here["LANGSO_DATA"]) / "demo").touch()
    if given.role:
        (Path(here["LANGSO_DATA"]) / "role").write_text(given.role, encoding="utf-8")
    step = preparation(given)
    prepared = subprocess.run([sys.executable, "-m", "langso.site.command", *step], env=here)  # noqa: S603
    if prepared.returncode:
        print(f"langso up: `langso {' '.join(step)}` failed", file=sys.stderr)
        return 1
    address = f"http://{LOOPBACK}:{given.port}"
    supervisor = Supervisor(parts(given), here, say)
    return supervisor.run(ready=lambda: healthy(address), announce=lambda: print(f"ready {address}", flush=True))


def preparation(given: argparse.Namespace) -> list[str]:
    """One command, for each is a Python of its own that reads the whole house first."""
    return ["demo", "--if-empty"] if given.demo else ["migrate", "--verbosity", "0"]


def refuse_taken_port(host: str, port: int) -> None:
    """Raise `BadSetting` when something else listens already: clearer than a web server that keeps falling."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise BadSetting(f"port {port} cannot be used: {problem.strerror}; choose another with --port") from problem


def healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def say(sentence: str) -> None:
    print(f"langso: {sentence}", file=sys.stderr, flush=True)
