"""Asks the process of `tests.faults.inside`: writes entries in a node's name, reads what its journal holds."""

import json
import subprocess
import sys
from collections.abc import Mapping
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
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.inside"],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self._threads.shutdown(wait=True)

    def begin(self, act: str, **given: object) -> "Future[Any]":
        return self._threads.submit(self._ask, act, given)

    def ask(self, act: str, *, within: float = 60, **given: object) -> Any:
        return self.begin(act, **given).result(within)

    def write(self, count: int, *, at_once: int = 50, **given: object) -> list[str]:
        """Write so many entries that travel; the ids of all of them, which are now promised never to be lost."""
        ids: list[str] = self.ask("write", count=count, at_once=at_once, **given)
        return ids

    def _ask(self, act: str, given: Mapping[str, object]) -> Any:
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"act": act, "given": given}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process ended while it was asked to {act}")
        said = json.loads(line)
        if "problem" in said:
            raise RuntimeError(said["problem"])
        return said["answer"]
