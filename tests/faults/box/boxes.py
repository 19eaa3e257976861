"""A commune's box for fault tests: its folder, its commands, somebody who writes, and what it then holds."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OWN = ("LANGSO_DATA", "LANGSO_DEMO", "LANGSO_SECRET_KEY", "DATABASE_URL", "LANGSO_PUBLIC_URL", "LANGSO_BACKUP_TO")


@dataclass
class Box:
    """A data folder on SQLite, and how one talks to it."""

    data: Path
    password: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in OWN}
        return {**kept, "DATABASE_URL": "", "LANGSO_DATA": str(self.data), **self.extra}

    def langso(self, *arguments: str, code: int = 0) -> str:
        """Run a command on this folder; returns all that it said. Fails unless it ends with `code`."""
        run = subprocess.run(
            self.command(*arguments), env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        said = run.stdout + run.stderr
        assert run.returncode == code, f"{arguments} ended with {run.returncode}:\n{said[-3000:]}"
        return said

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "langso.site.command", *arguments]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """The same, without waiting for it; killed together with its children by `kill`."""
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.data / "langso.sqlite3", timeout=20)) as database:
            found = database.execute(statement).fetchall()
            database.commit()
            return found

    def numbers(self) -> list[int]:
        """The acts of `tests.faults.box.writing` that this box holds, in the order of its journal."""
        entered = self.entered()
        tables = self.rows("SELECT name FROM places_village ORDER BY name")
        assert sorted(entered) == [int(str(name).split()[-1]) for (name,) in tables], "journal and tables differ"
        return entered

    def entered(self) -> list[int]:
        """The same, by its journal alone."""
        rows = self.rows(
            "SELECT json_extract(body, '$.name') FROM journal_entry "
            "WHERE kind = 'community.places.village_entered.v1' ORDER BY position"
        )
        return [int(str(name).split()[-1]) for (name,) in rows]


def kill(process: subprocess.Popen[str]) -> None:
    """`kill -9` for a process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


class Writer:
    """Somebody who writes without a pause; `said` is the last act that was acknowledged."""

    def __init__(self, box: Box, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.box.writing", *arguments],
            env=box.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = 0
        self.words: list[str] = []
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def wait_for(self, number: int) -> int:
        """Wait until that many acts were acknowledged; returns how many were."""
        while self.said < number:
            assert self.listener.is_alive(), "the writer ended: " + "".join(self.words)
            time.sleep(0.005)
        return self.said

    def stop(self) -> int:
        """End it at once; returns the last act that it was told is kept."""
        self.process.kill()
        self.process.wait()
        self.listener.join()
        return self.said

    def freeze(self) -> int:
        """Let it stand still, as everything does when the power goes; returns the last act that was acknowledged."""
        self.process.send_signal(signal.SIGSTOP)
        time.sleep(0.1)
        return self.said

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip().isdigit():
                self.said = int(line)
            else:
                self.words.append(line)


@contextmanager
def somebody_writes(box: Box, *arguments: str) -> Iterator[Writer]:
    writer = Writer(box, *arguments)
    try:
        yield writer
    finally:
        writer.go_on()
        writer.stop()


def found(box: Box) -> Box:
    """Give a new box its operator, "oanh"."""
    said = box.langso("createoperator", "oanh")
    (line,) = [line for line in said.splitlines() if line.startswith("password: ")]
    box.password = line.removeprefix("password: ")
    return box


def copy_of(box: Box, folder: Path) -> Box:
    shutil.copytree(box.data, folder)
    return Box(folder, box.password)
