"""Asks the process of `tests.faults.inside`: writes entries in a node's name, reads what its journal holds."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self

from tests.node import ROOT


class Inside:
    """One such process beside a running node. `begin` returns at once; what it returns is waited for later."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = dict(environment)
        self._threads = ThreadPoolExecutor(1)
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.inside"],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __exit__(self, *_: object) -> None:
        self.end()
        self._threads.shutdown(wait=True)

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end(self) -> None:
        """Kill the process as it stands."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def begin(self, act: str, *words: str, **given: object) -> "Future[Any]":
        return self._threads.submit(self._ask, act, words, given)

    def ask(self, act: str, *words: str, patience: float = 60, **given: object) -> Any:
        return self.begin(act, *words, **given).result(patience)

    def langso(self, *arguments: str) -> str:
        """Run `langso …` in the process; what it printed. Fails when its exit code is not 0."""
        code, printed = self.ask("langso", *arguments, patience=120)
        assert code == 0, printed
        return str(printed)

    def write(self, count: int, *, at_once: int = 50, **given: object) -> list[str]:
        """Write so many entries that travel; the ids of all of them, which are now promised never to be lost."""
        ids: list[str] = self.ask("write", count=count, at_once=at_once, **given)
        return ids

    def _ask(self, act: str, words: Sequence[str], given: Mapping[str, object]) -> Any:
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"act": act, "words": words, "given": given}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process ended while it was asked to {act}")
        said = json.loads(line)
        if "problem" in said:
            raise RuntimeError(said["problem"])
        return said["answer"]
