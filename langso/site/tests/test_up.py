"""`langso up`: a node on an empty folder, that survives the fall of a part and stops cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.node import Node, health, running_node, wait_until

pytestmark = pytest.mark.xdist_group("node")


def test_a_node_starts_on_an_empty_folder_survives_falls_and_stops_cleanly(tmp_path: Path) -> None:
    with running_node(tmp_path / "new") as node:
        assert health(node)["status"] == 200
        assert node.get("/demo/sms/")[0] == 404, "the page of the fake gateway is only for the demo"
        for part in ("worker", "web"):
            fallen = node.parts()[part]
            os.kill(fallen, signal.SIGKILL)
            wait_until(lambda part=part, fallen=fallen: node.parts().get(part, fallen) != fallen, node, within=20)
        wait_until(lambda: is_healthy(node), node, within=30)
        assert "worker ended with code -9; starting it again" in node.log()
        children = list(node.parts().values())
        orphans = [pid for pid, parent in family(node).items() if parent == 1]
        assert orphans == [], "what a fallen part leaves behind would answer beside the new one"
        node.process.send_signal(signal.SIGTERM)
        assert node.process.wait(timeout=20) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in children)
        assert family(node) == {}
        assert "Traceback" not in node.log()


def family(node: Node) -> dict[int, int]:
    """Every living process of the node by id, and its parent: they all inherit the folder's name."""
    mine = f"LANGSO_DATA={node.data}".encode()
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mine in (process / "environ").read_bytes().split(b"\0"):
                found[int(process.name)] = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return found


def is_healthy(node) -> bool:  # type: ignore[no-untyped-def]
    try:
        return health(node)["status"] == 200
    except OSError:
        return False


def test_the_parts_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    with running_node(tmp_path) as node:
        children = list(node.parts().values())
        assert len(children) == 2
        node.process.kill()
        node.process.wait()
        end_of = [Path(f"/proc/{pid}/stat") for pid in children]
        for _ in range(150):
            if not any(stat.exists() and stat.read_text().split()[2] != "Z" for stat in end_of):
                return
            time.sleep(0.1)
        raise AssertionError("a part outlived its supervisor")


def test_a_taken_port_is_said_plainly(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = subprocess.run(
            [sys.executable, "-m", "langso.site.command", "up", "--port", str(port), "--data", str(tmp_path)],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert run.returncode == 2
    assert f"port {port} cannot be used" in run.stderr
    assert "--port" in run.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("LANGSO_ROLE", "village", "LANGSO_ROLE must be one of commune, hub"),
        ("DATABASE_URL", "mysql://x/y", "must begin with postgres://"),
        ("LANGSO_SECRET_KEY_FILE", "/nowhere/key", "cannot read /nowhere/key"),
        ("LANGSO_DEMO", "perhaps", "must be yes or no"),
    ],
)
def test_a_bad_setting_is_said_plainly(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "langso.site.command", "check", "--data", str(tmp_path)],
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 2
    assert sentence in run.stderr
    assert "Traceback" not in run.stderr
